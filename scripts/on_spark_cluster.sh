#!/bin/sh
# Runs a command with a Spark cluster of its own: a master and two workers on this machine, out of PySpark's jars.
# SPARK_MASTER tells the command where it is. The workers have no Python: nothing of ours may need one there.
set -eu
[ $# -gt 0 ] || { echo 'usage: on_spark_cluster.sh COMMAND...' >&2; exit 2; }

python=${PYTHON:-.venv/bin/python}
SPARK_HOME=$("$python" -c 'from importlib.util import find_spec; print(find_spec("pyspark").submodule_search_locations[0])')
folder=$(mktemp -d)
export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON=/bin/false SPARK_NO_DAEMONIZE=1
export SPARK_MASTER_OPTS= SPARK_WORKER_OPTS= SPARK_DAEMON_MEMORY=256m

started=
trap 'kill $started 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

begin() { # the name of its log, its class and its arguments
    log=$folder/$1.log; shift
    "$SPARK_HOME/bin/spark-class" "$@" >"$log" 2>&1 &
    started="$started $!"
}
heard() { # what the log of the master says, in at most a minute
    tries=0
    until said=$(sed -nE "s#$1#\1#p" "$folder/master.log" | head -n "$2" | tail -n +"$2") && [ -n "$said" ]; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || { echo 'the cluster does not start:' >&2; cat "$folder"/*.log >&2; exit 1; }
        sleep 0.2
    done
}

begin master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0
heard '.*Starting Spark master at (spark:[^ ]*).*' 1
SPARK_MASTER=$said
export SPARK_MASTER
for n in 1 2; do
    begin "worker$n" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 \
        --cores 1 --memory 1g --work-dir "$folder/work$n" "$SPARK_MASTER"
done
heard '.*Registering worker (.*)' 2

# Not for the command: its own process is to be set up as a user's is.
unset SPARK_HOME SPARK_DAEMON_MEMORY SPARK_MASTER_OPTS SPARK_WORKER_OPTS SPARK_NO_DAEMONIZE PYSPARK_PYTHON
"$@"
