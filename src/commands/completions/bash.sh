# What bash asks when brokerfit's words are completed. Bash ends words at `=`, `:` and `@`: what belongs together is joined
# before brokerfit is asked, and what stands before the last such character is taken off its answers.
_brokerfit() {
    local rest=$COMP_LINE blanks word last=-1 i
    local -a words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        blanks=${rest%%[![:blank:]]*}
        rest=${rest#"$blanks"}
        rest=${rest#"$word"}
        if [[ $last -ge 0 && -z $blanks ]]; then
            words[last]+=$word
        else
            words[++last]=$word
        fi
    done
    local before='' character
    for character in = : @; do
        if [[ $COMP_WORDBREAKS == *"$character"* && ${words[last]} == *"$character"* ]]; then
            word=${words[last]%"$character"*}$character
            if [[ ${#word} -gt ${#before} ]]; then before=$word; fi
        fi
    done
    local IFS=$'\013'
    COMPREPLY=($(BROKERFIT_COMPLETE=bash _CLAP_IFS=$'\013' _CLAP_COMPLETE_INDEX=$last brokerfit -- "${words[@]}" 2>/dev/null))
    COMPREPLY=("${COMPREPLY[@]#"$before"}")
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/@] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o bashdefault -o nosort -F _brokerfit brokerfit 2>/dev/null || complete -o bashdefault -F _brokerfit brokerfit
