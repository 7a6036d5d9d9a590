# Completion of the command line client `soutenance` for bash.
#   source <(soutenance completion bash)
_soutenance() {
  local -a words=()
  local i word current value
  # bash breaks words at "=" and ":"; the program wants them as they were typed.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((${#words[@]} > 0)) && [[ $word == [=:]* || ${words[-1]} == *[=:] ]] && [[ ${COMP_WORDS[i - 1]} != "" ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  current=${words[-1]}
  value=$current
  # Candidates replace only what follows the last break.
  local kept=""
  if [[ $current == *[=:]* ]]; then
    value=${current##*[=:]}
    kept=${current%"$value"}
  fi
  COMPREPLY=()
  local line
  while IFS= read -r line; do
    case $line in
      :files) compopt -o filenames 2>/dev/null; mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$value") ;;
      :folders) compopt -o filenames 2>/dev/null; mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$value") ;;
      *)
        line=${line%%$'\t'*}
        [[ $line == "$current"* ]] && COMPREPLY+=("${line#"$kept"}")
        ;;
    esac
  done < <("${COMP_WORDS[0]}" __complete "${words[@]}" 2>/dev/null)
}
complete -o nosort -F _soutenance soutenance
