#!/bin/sh
# Launches one run of a container and outlives the agent. POSIX shell, util-linux, nothing else.
#
#   launcher.sh run DIR     starts the run described in DIR, waits for its end, writes DIR/exit
#   launcher.sh watch DIR   ends a fenced run once the node's deadline has passed
#   launcher.sh init DIR    (inside the namespaces, as process 1) starts the first process, reaps
#
# What the agent puts into DIR before: main.sh (environment, directory, command), mounts.sh (if
# anything is to be mounted), fenced (empty: the deadline holds for the run) or kept (empty: it does not), address (if
# it stands on an interface), held (without namespaces every process of the run has it open). And later the other one of
# fenced and kept; and, before it signals the run, told (empty: the run is to end with all that runs here).
# Without main.sh DIR was wiped, or forgotten after the run's end: what is watched ends at the next look. Without fenced
# and kept it is being wiped, and the deadline holds.
# What this script puts there, each a line that ends with a newline when it is complete:
#   launcher, init, main, watcher   PID START of /proc/PID/stat, as the machine counts
#   code                            the exit code of the first process, as a shell counts
#   exit                            the same by rename, when nothing lives any more
#   overdue, unmountable            empty: the deadline passed; the mounts could not be made
#
# At the deadline the address that stands in DIR/address is taken off the machine too: another one may have it then.
#
# The output of the run goes to DIR.log, beside DIR: the agent watches what changes in DIR.
# From the environment: ORDINAL_LAUNCHER (marker of the run), ORDINAL_TREE (namespace or sweep),
# ORDINAL_UNSHARE (the command that enters the namespaces), ORDINAL_DEADLINE (the node's deadline
# file), ORDINAL_STEP (how long the watch may sleep, in hundredths of a second).

script=$0
dir=$2

# Sets pid and start of the process whose stat line is given. Names of shells have no blanks.
parse_stat() {
  pid=$1
  shift 21
  start=$1
}

# Sets pid and start of this very process, also in a subshell, as the mounted /proc counts.
identify() {
  read -r line </proc/self/stat
  parse_stat $line
}

# Writes them down on standard output.
note_self() {
  identify
  echo "$pid $start"
}

# Opens what the first process needs before anything is mounted, so that mounts may hide DIR.
open_files() {
  exec 3<main.sh 4>main 5>>"../${dir##*/}.log"
  [ ! -e mounts.sh ] || exec 6<mounts.sh
}

close_files() {
  exec 3<&- 4>&- 5>&- 6<&-
}

# Sets pid; true when the process noted in the file still lives and is no zombie. A note is remembered: DIR may be
# wiped.
lives() {
  if read -r pid noted 2>/dev/null <"$1"; then
    eval "pid_$1=$pid noted_$1=$noted"
  else
    eval "pid=\${pid_$1-} noted=\${noted_$1-}"
    [ -n "$noted" ] || return 1
  fi
  read -r line <"/proc/$pid/stat" || return 1
  line="$pid x ${line##*) }"
  case $line in "$pid x Z "* | "$pid x X "*) return 1 ;; esac
  kept=$pid
  parse_stat $line
  pid=$kept
  [ "$start" = "$noted" ]
}

# Remembers the process with this number by this name, although no file notes it. Nobody has waited for it, so the
# number is its own.
remember() {
  read -r line 2>/dev/null <"/proc/$2/stat" || return
  line="$2 x ${line##*) }"
  parse_stat $line
  eval "pid_$1=$pid noted_$1=$start"
}

# Becomes the container's first process. It learns its number before /proc becomes the namespace's own, and says it
# when the mounts stand.
first() {
  identify
  if [ -e mounts.sh ]; then
    (set -e; . /dev/fd/6) || {
      : >unmountable
      exit 125
    }
  fi
  echo "$pid $start" >&4
  exec </dev/null >&5 2>&5 4>&- 5>&- 6<&- 7<&-
  [ "$ORDINAL_TREE" = namespace ] || exec 9<"$dir/held"
  unset line pid start address OLDPWD ORDINAL_LAUNCHER ORDINAL_TREE ORDINAL_UNSHARE ORDINAL_DEADLINE ORDINAL_STEP
  . /dev/fd/3
}

# Waits for a child to be gone, whatever signals arrive meanwhile. Sets code.
wait_for() {
  while :; do
    wait "$1"
    code=$?
    kill -0 "$1" 2>/dev/null || return 0
  done
}

init() {
  cd "$dir" || exit 125
  note_self >init
  open_files
  first &
  child=$!
  close_files
  exec 8>code
  cd /
  trap 'kill -TERM "$child"' TERM
  trap : HUP INT
  wait_for "$child"
  echo "$code" >&8
  exit 0
}

# Ends everything that carries the run's marker in its environment, or holds its file open: what writes its title
# over its environment, as Redis does, is found by the file. Twice nobody, and it is done. True when it ended any.
sweep() {
  quiet=0
  swept=false
  while [ "$quiet" -lt 2 ]; do
    found=$(
      grep -lszxF -e "ORDINAL_RUN=$ORDINAL_LAUNCHER" /proc/[0-9]*/environ
      find -L /proc/[0-9]*/fd/9 -samefile /proc/self/fd/7 2>/dev/null # Who inherits a file has it under its number.
    )
    quiet=$((quiet + 1))
    for entry in $found; do
      entry=${entry#/proc/}
      kill -9 "${entry%%/*}" && quiet=0 swept=true
    done
  done
  "$swept"
}

# Takes up what is needed when DIR is wiped.
take_up() {
  address=
  [ ! -e address ] || read -r address <address
  [ "$ORDINAL_TREE" = namespace ] || exec 7<held
  target=main
  [ "$ORDINAL_TREE" = namespace ] && target=init
  lives launcher
  lives "$target"
}

run() {
  cd "$dir" || exit 1
  note_self >launcher
  [ -e exit ] && exit 1 # The agent gave this launcher up before it got this far.
  if too_late; then
    : >overdue
    echo 137 >exit.new && mv exit.new exit
    exit 1
  fi
  take_up
  if [ "$ORDINAL_TREE" = namespace ]; then
    setpriv --pdeathsig KILL $ORDINAL_UNSHARE /bin/sh "$script" init "$dir" &
    child=$!
  else
    open_files
    first &
    child=$!
    close_files
  fi
  remember launcher "$$"
  remember child "$child"
  watcher=
  if ! freed; then
    watch &
    watcher=$!
  fi
  trap : HUP INT TERM
  wait_for "$child"
  if [ "$ORDINAL_TREE" != namespace ]; then
    sweep
  elif [ -e init ]; then
    code=137 # Killed with everything else, unless it says otherwise.
    read -r said <code && code=$said
  fi
  [ -z "$watcher" ] || kill -9 "$watcher"
  echo "$code" >exit.new && mv exit.new exit
}

# Sets left to the hundredths of a second until the deadline. A deadline that is missing, unreadable or of
# another boot has passed: the agent writes one before it starts anything fenced.
time_left() {
  left=0
  read -r held_boot held 2>/dev/null <"$ORDINAL_DEADLINE" || return
  read -r boot </proc/sys/kernel/random/boot_id
  [ "$held_boot" = "$boot" ] || return
  read -r now idle </proc/uptime
  left=$((${held%.*}${held#*.} - ${now%.*}${now#*.}))
}

# Whether a fenced run may not begin any more: the agent may have slept since it looked at its lease.
too_late() {
  freed && return 1
  time_left
  [ "$left" -le 0 ]
}

# Says that the deadline ends the run, and takes its address off the machine.
overdue() {
  true 2>/dev/null >overdue # Not by ":", whose redirection would end this shell where DIR was wiped.
  [ -z "$address" ] || ip addr del $address 2>/dev/null &
}

# Whether the agent said that no deadline holds any more.
freed() {
  [ ! -e fenced ] && [ -e kept ]
}

# Whether the run has an end to wait for. With its launcher a namespace dies, but without one what runs goes on.
goes_on() {
  freed || [ -e exit ] && return 1
  lives "$target" # Remembers it, as long as it is noted.
  lives launcher || [ "$ORDINAL_TREE" != namespace ]
}

# The process whose end ends the run. Only the launcher's own watch knows its child, all that there is to kill when DIR
# was wiped before more was noted; what it has begun meanwhile finds no main.sh. Sets pid.
victim() {
  lives "$target" || { "$wiped" && lives child; }
}

# After take_up, since who sees this one noted relies on it.
watch() {
  note_self >watcher
  while goes_on; do
    time_left
    wiped=false
    [ -e main.sh ] || { wiped=true && left=0; } # Nobody knows the run any more.
    if [ "$left" -le 0 ]; then
      freed && exit 0
      if victim; then
        overdue
        kill -9 "$pid"
      fi
      if [ "$ORDINAL_TREE" != namespace ] && ! lives launcher; then
        "$wiped" || overdue
        # Nobody else does. A run that was forgotten leaves nothing, and its address may be the next one's by now.
        sweep && "$wiped" && overdue
        exit 0
      fi
      left=5
    fi
    [ "$left" -le "$ORDINAL_STEP" ] || left=$ORDINAL_STEP
    sleep "$((left / 100)).$((left % 100 / 10))$((left % 10))"
  done
}

case $1 in
  run) run ;;
  init) init ;;
  watch)
    cd "$dir" || exit 1
    take_up
    watch
    ;;
esac
