#!/bin/sh
# usage: .m.sh
flock /work/wt/merge.lock sh -c 'git rebase -q main && mvn -o -q -B compile test-compile -pl proto,controller && git -C /work/main merge -q --ff-only kinds' && git log --oneline -1
