#!/usr/bin/env bash
# follow.sh HOST PORT NAME TOKEN FILE [TEXT]: says TEXT in the lobby; without one, appends every event to FILE as it
# happens, each once and none missed, whatever breaks: it goes on after the number of the last line there.
since=$(tail -n 1 "$5" 2> /dev/null | cut -d ' ' -f 4)
exec 3<> "/dev/tcp/$1/$2" || { sleep 1; exec "$0" "$@"; }
printf 'FORMAT line\n' >&3
if [[ $6 ]]; then printf 'LOGIN %s %s\nMSG %s\nQUIT\n' "$3" "$4" "$6" >&3; else printf 'LOGIN %s %s SINCE %s\n' "$3" "$4" "${since:-0}" >&3; fi
while IFS=$'\r' read -r line <&3; do
    if [[ $line == -ERR* ]]; then echo "$line" >&2; exit 1; fi
    if [[ ! $6 && $line =~ ^'~ '[A-Z]+' '[^' ']+' '[0-9]+' ' ]]; then echo "$line" >> "$5" && echo "$line"; fi
done
[[ $6 ]] || exec "$0" "$@"
