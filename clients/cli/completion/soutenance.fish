# Completion of the command line client `soutenance` for fish.
#   soutenance completion fish | source
function __soutenance_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path "$current"
            case :folders
                __fish_complete_directories "$current" ""
            case '*'
                echo $line
        end
    end
end
complete -c soutenance -f -a '(__soutenance_complete)'
