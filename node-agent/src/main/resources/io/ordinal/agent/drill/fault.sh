#!/bin/sh
# Does one fault of a drill to this machine's member, and undoes it when its time is over, whatever becomes of the
# member. POSIX shell, util-linux; nft or ip for cuts.
#
#   fault.sh do DIR      does the fault that DIR/plan describes, waits, undoes it
#   fault.sh hold DIR    goes on waiting for one that was done by a script that is gone, and undoes it
#
# DIR/plan is sourced: kind, head (hundredths of a second before anything is done, so that the member can say that it
# will be), until (when it is undone, in hundredths since the machine was started), member ("PID START"), addresses,
# table, lives (where the driver has its runs), marker (of its processes), runs (names of the directories of the
# replica's runs, with *).
# What this script puts there: script (PID START of itself), frozen (PID START of what it stopped), and, each by rename
# when it is so: active, reverted, failed: a time, and a line for people. Somebody else may put: revert.

dir=$2

parse_stat() {
  pid=$1
  shift 21
  start=$1
}

# Sets start; false when there is no such process.
start_of() {
  read -r line 2>/dev/null <"/proc/$1/stat" || return 1
  line="$1 x ${line##*) }"
  case $line in "$1 x Z "* | "$1 x X "*) return 1 ;; esac
  parse_stat $line
}

# Sends signal $1 to process $2 if it is the one that began at $3.
send() {
  start_of "$2" && [ "$start" = "$3" ] && kill "-$1" "$2" 2>/dev/null
}

say() {
  echo "$(date +%s.%N) $2" >"$1.new" && mv "$1.new" "$1"
}

now() {
  read -r seconds idle </proc/uptime
  now=${seconds%.*}${seconds#*.}
}

snooze() {
  sleep "$(($1 / 100)).$(($1 % 100 / 10))$(($1 % 10))"
}

# Every process that the driver's runs ($runs) began with, as lines "PID START"; $1 is the file that says it.
noted() {
  for run in $lives/$runs; do
    [ -d "$run" ] && [ ! -e "$run/exit" ] && [ -e "$run/$1" ] && cat "$run/$1"
  done
}

# The processes of those runs without launchers and the first processes of namespaces, as lines "PID START".
tree() {
  noted main | while read -r pid start; do
    first=$pid
    [ "$(readlink "/proc/$first/ns/pid")" != "$(readlink /proc/self/ns/pid)" ] || continue
    for entry in /proc/[0-9]*; do
      other=${entry#/proc/}
      [ "$(readlink "$entry/ns/pid" 2>/dev/null)" = "$(readlink "/proc/$first/ns/pid")" ] || continue
      noted init | grep -q "^$other " && continue
      start_of "$other" && echo "$other $start"
    done
  done
  for run in $lives/$runs; do
    [ -d "$run" ] && [ ! -e "$run/exit" ] || continue
    for entry in $(grep -lszxF -e "ORDINAL_RUN=$marker/${run#"$lives"/}" /proc/[0-9]*/environ 2>/dev/null); do
      entry=${entry#/proc/}
      start_of "${entry%%/*}" && echo "${entry%%/*} $start"
    done
  done
}

signal_all() {
  while read -r each began; do send "$1" "$each" "$began"; done
  :
}

# As a power cut: nobody is left who could write down how anything ended.
kill_all() {
  send KILL $member
  noted address | while read -r address; do ip addr del $address; done
  for file in launcher watcher init main; do noted "$file" | signal_all KILL; done
  for turn in 1 2 3; do
    for entry in $(grep -lszF -e "ORDINAL_RUN=$marker/" /proc/[0-9]*/environ 2>/dev/null); do
      entry=${entry#/proc/}
      kill -KILL "${entry%%/*}" 2>/dev/null
    done
  done
  :
}

family() {
  case $1 in *:*) echo ip6 ;; *) echo ip ;; esac
}

nft_rules() {
  echo "table inet $table {"
  for side in input:saddr:iifname output:daddr:oifname; do
    address=${side#*:}
    echo "chain ${side%%:*} { type filter hook ${side%%:*} priority -300; policy accept;"
    [ -n "$addresses" ] || echo "${side##*:} != \"lo\" drop"
    for each in $addresses; do echo "$(family "$each") ${address%%:*} $each drop"; done
    echo "}"
  done
  echo "}"
}

# Without nft nothing leaves: enough for every connection, though what comes in is still heard.
rules() {
  if [ -z "$addresses" ]; then
    ip rule "$1" pref 5 blackhole && ip -6 rule "$1" pref 5 blackhole
    return
  fi
  for each in $addresses; do
    [ "$(family "$each")" = ip6 ] && six=-6 || six=
    ip $six rule "$1" pref 5 to "$each" blackhole || return 1
  done
}

cut_off() {
  if command -v nft >/dev/null; then
    nft_rules | nft -f -
  else
    rules add
  fi
}

join_again() {
  if command -v nft >/dev/null; then
    nft list table inet "$table" >/dev/null 2>&1 || return 0
    nft delete table inet "$table"
  else
    rules del 2>/dev/null
    return 0
  fi
}

freeze() {
  for turn in 1 2 3; do # What is forked meanwhile is found the next time.
    tree >frozen.new
    cat frozen.new >>frozen
    signal_all STOP <frozen.new
  done
  [ -s frozen ]
}

act() {
  case $kind in
    kill-member) send KILL $member ;;
    kill-node) kill_all ;;
    stop-member) send TERM $member ;;
    freeze-member) send STOP $member ;;
    cut-off) cut_off ;;
    kill-replica) noted main | signal_all KILL ;;
    freeze-replica) freeze ;;
    *) false ;;
  esac
}

undo() {
  case $kind in
    freeze-member) send CONT $member ;;
    cut-off) join_again ;;
    freeze-replica) signal_all CONT <frozen ;;
  esac
}

# False when nothing of it can be undone.
lasting() {
  case $kind in freeze-member | cut-off | freeze-replica) true ;; *) false ;; esac
}

hold() {
  now
  while lasting && [ ! -e revert ] && [ "$now" -lt "$until" ]; do
    left=$((until - now))
    [ "$left" -le 20 ] || left=20
    snooze "$left"
    now
  done
  until undo; do
    case $kind in freeze-member | freeze-replica) break ;; esac # Gone meanwhile.
    snooze 50
  done
  say reverted "$kind"
}

cd "$dir" || exit 1
. ./plan
start_of $$
echo "$$ $start" >script.new && mv script.new script
if [ "$1" = do ]; then
  snooze "$head"
  [ ! -e revert ] || { say reverted "before it began"; exit 0; }
  : >begun
  if act; then
    say active "$kind"
  else
    undo
    say failed "$kind could not be done: $(tail -n 1 log)"
    exit 1
  fi
fi
hold
