# shellcheck shell=bash disable=SC2034
# Spark's environment, the same file on all Spark machines. Spark's scripts read it by themselves
# (SPARK_CONF_DIR) and export what it sets.

# Which machine of `hosts` this is: the one whose address it has. All that Spark opens, its web
# pages too, it opens on that address and no other; without one it must not start.
while read -r address name _; do
  if [[ $address != '#'* && " $(hostname -I) " == *" $address "* ]]; then
    SPARK_LOCAL_IP=$address
    SPARK_LOCAL_HOSTNAME=$name
    SPARK_PUBLIC_DNS=$name
  fi
done <"$(dirname "${BASH_SOURCE[0]}")/hosts"
if [ -z "${SPARK_PUBLIC_DNS:-}" ]; then
  echo "spark-env.sh: none of this machine's addresses ($(hostname -I)) stands in hosts" >&2
  exit 1
fi

SPARK_MASTER_HOST=dw-master
SPARK_MASTER_PORT=7077
SPARK_MASTER_WEBUI_PORT=8080
SPARK_WORKER_PORT=7078
SPARK_WORKER_WEBUI_PORT=8081

# What a worker gives to executors, of 4 cores and 8 GB. The master's machine keeps room for the
# master and the driver.
if [ "$SPARK_LOCAL_HOSTNAME" = "$SPARK_MASTER_HOST" ]; then
  SPARK_WORKER_CORES=2
  SPARK_WORKER_MEMORY=3g
else
  SPARK_WORKER_CORES=4
  SPARK_WORKER_MEMORY=6g
fi

# Master and worker themselves need little.
SPARK_DAEMON_MEMORY=512m
# All web pages through the master's: one tunnel shows them all.
SPARK_DAEMON_JAVA_OPTS=-Dspark.ui.reverseProxy=true
# An application's jar and logs are kept for three days after its end.
SPARK_WORKER_OPTS="-Dspark.worker.cleanup.enabled=true -Dspark.worker.cleanup.appDataTtl=259200"
SPARK_WORKER_DIR=/var/lib/driftwatch/spark
