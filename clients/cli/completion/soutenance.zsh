#compdef soutenance
# Completion of the command line client `soutenance` for zsh.
#   source <(soutenance completion zsh)
_soutenance() {
  local line candidate
  local -a candidates
  while IFS= read -r line; do
    case $line in
      :files) _files ;;
      :folders) _files -/ ;;
      *)
        candidate=${line%%$'\t'*}
        candidate=${candidate//:/\\:}
        if [[ $line == *$'\t'* ]]; then
          candidates+=("$candidate:${line#*$'\t'}")
        else
          candidates+=("$candidate")
        fi
        ;;
    esac
  done < <("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
  (( ${#candidates} )) && _describe -V 'soutenance' candidates
}
compdef _soutenance soutenance
