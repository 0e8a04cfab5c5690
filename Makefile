# Driftwatch's front door: every way of running it is one target. `make help` lists them.

SHELL := /bin/bash
MVN ?= mvn -B -q -Dstyle.color=never
ARGS ?=
RUNNER ?= direct
ENGINE ?= spark
$(if $(filter spark flink,$(ENGINE)),,$(error ENGINE=$(ENGINE), expected spark or flink))
CONTROL ?= 19088
METRICS ?= 19089

export RATE WINDOW SOURCE DURATION HEADLESS KAFKA KAFKA_CONFIG LOOP ARGS SPARK_MASTER FLINK_MASTER CONTROL METRICS SEED SAMPLES

.DEFAULT_GOAL := help
.PHONY: help run-direct run-spark run-flink batch viewer quality export emulator broker rate record dist cloud-veneto cloud-proof chaos fuzz test bench clean

sources := $(shell find pom.xml .mvn runner-configs/spark-standalone/pom.xml \
  runner-configs/flink-standalone/pom.xml detector detectors files kafka \
  telemetry launcher emulator pipelines export quality viewer spark flink -name target -prune -o -path "*/src/test" -prune -o -type f -print)
comma := ,
# Without KAFKA the file's servers are asked, else the embedded broker.
kafka := $(or $(KAFKA),$(if $(KAFKA_CONFIG),,127.0.0.1:19092))
connection = $(if $(kafka),--kafka $(kafka)) $(if $(KAFKA_CONFIG),--kafka-config '$(KAFKA_CONFIG)')
description = $(if $(DETECTOR),--detector '$(DETECTOR)')

help: ## lists the targets and their variables
	@echo "Driftwatch: online monitor for drift-tube detectors"
	@echo
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20
	@echo
	@echo "Variables, as in: make run-direct RATE=3000 WINDOW=2 DURATION=60"
	@echo "  RATE      records per second of the emulator (1000; 0: as fast as possible)"
	@echo "  WINDOW    length of the windows, seconds (5); make batch makes windows only if it is given"
	@echo "  SOURCE    what the emulator plays: files, folder, glob, S3 bucket or HTTPS container"
	@echo "            (default: simulated detector)"
	@echo "  DETECTOR  description of the detector: a file, or a name as in detectors/ (course)"
	@echo "  TO        of make emulator: file to write, *.csv, *.jsonl, *.dat or *.bin, *.gz compressed"
	@echo "  LOOP=1    plays the source again and again"
	@echo "  DURATION  seconds until the emulator stops and everything ends (default: until stopped)"
	@echo "  HEADLESS=1  no window: a line per window in the terminal"
	@echo "  KAFKA     bootstrap servers, host:port (default: an embedded broker on 127.0.0.1:19092)"
	@echo "  KAFKA_CONFIG  file of Kafka client properties, such as those of TLS and SASL, for every"
	@echo "            connection; its bootstrap.servers hold where KAFKA names none"
	@echo "  CONFIG    of make run-spark and run-flink: a folder of runner-configs/, such as cloud-veneto or"
	@echo "            cloud-veneto/flink, with its master and Kafka"
	@echo "  SPARK_MASTER  spark://host:7077 of your own cluster, or local[2] for Spark in one process"
	@echo "  FLINK_MASTER  host:8081 of your own cluster's JobManager, or local for Flink in one process"
	@echo "  ENGINE    of make cloud-veneto and cloud-proof: spark or flink (spark)"
	@echo "  FAULTS    of make chaos: faults injected in each setting (100)"
	@echo "  SETTINGS, KINDS  of make chaos: some settings and some faults only, no floods, as in"
	@echo "            make chaos SETTINGS=DIRECT,FLINK_LOCAL KINDS=MONITOR_KILLED,BROKER_AWAY"
	@echo "            (DIRECT, SPARK_LOCAL, SPARK_CLUSTER, FLINK_LOCAL, FLINK_CLUSTER, THREE_BROKERS, ONE_REPLICA;"
	@echo "            faults as in Fault.java)"
	@echo "  FLOOD     of make chaos: hits of each flood (1000000)"
	@echo "  SEED      of make test, chaos and fuzz: repeats a run that printed this seed (default: test and"
	@echo "            chaos draw a new one, fuzz takes 20)"
	@echo "  SAMPLES   of make test and bench: folder of recorded detector data; tests that use it skip without"
	@echo "  INPUTS    of make fuzz: how many for each parser (100000)"
	@echo "  CONTROL   port on 127.0.0.1 where the emulator's rate is read and changed (19088; empty: none)"
	@echo "  METRICS   port on 127.0.0.1 where the emulator shows metrics to Prometheus; pipeline, viewer and"
	@echo "            quality do one, two and four ports above it (19089; empty: none)"
	@echo "  COMPARE   of make bench: values of an earlier run, a copy of target/bench.json, to compare with"
	@echo "  SECTION   of make bench: micro, peers, words, batch, live, growth, emulator, viewer, quality (default: all)"
	@echo "  BACKLOG, REPEATS, STRETCH  of make bench: seconds a backlog lasts the fastest (20), how often"
	@echo "            each is run (2), seconds that a live rate has to be held (60)"
	@echo "  ROWS      of make bench: rows of the files that a batch reads, commas between (10000000,106000000)"
	@echo "  SEEDS, HOURS  of make bench: how often each fault of the detector is judged (20), hours of a healthy"
	@echo "            detector's stream that are judged (24; 168 for a week)"
	@echo "  FILE      of make record: the recording to write, *.gz gzipped; TOPIC (stream)"
	@echo "  INPUT     of make batch: files, a folder, a glob, an S3 bucket or an HTTPS container"
	@echo "  OUTPUT    of make batch: file out (default: the terminal), or kafka:TOPIC for windows"
	@echo "  RUNNER    of make batch: direct, spark or flink (direct), with SPARK_MASTER, FLINK_MASTER"
	@echo "  ARGS      further options of the part that a target starts, as in"
	@echo "            make emulator ARGS='--seed 7 --limit 10000'   (ARGS=--help lists them)"
	@echo "  PIPELINE_ARGS  further options of the pipeline that make run-... start, as in"
	@echo "            PIPELINE_ARGS='--partitions=4'   (bin/driftwatch monitor direct --help=MonitorOptions lists them)"
	@echo "  QUALITY_ARGS  further options of quality that make run-... start, as in"
	@echo "            QUALITY_ARGS='--guidance lab.properties'   (make quality ARGS=--help lists them)"

target/built-direct: $(sources)
	@echo "Building Driftwatch..."
	@$(MVN) -Dquick -Dmaven.test.skip=true -pl launcher,emulator,pipelines,export,quality,viewer -am package
	@mkdir -p target && touch $@

target/built-spark: $(sources)
	@echo "Building Driftwatch for Spark..."
	@$(MVN) -Dquick -Dmaven.test.skip=true \
	  -pl launcher,emulator,pipelines,export,quality,viewer,runner-configs/spark-standalone,spark -am package
	@mkdir -p target && touch $@

target/built-flink: $(sources)
	@echo "Building Driftwatch for Flink..."
	@$(MVN) -Dquick -Dmaven.test.skip=true \
	  -pl launcher,emulator,pipelines,export,quality,viewer,runner-configs/flink-standalone,flink -am package
	@mkdir -p target && touch $@

target/built-bench: target/built-spark $(shell find benchmarks -name target -prune -o -type f -print)
	@echo "Building the benchmarks..."
	@$(MVN) -Pbench -Dquick -Dmaven.test.skip=true \
	  -pl launcher,emulator,pipelines,export,quality,runner-configs/spark-standalone,spark,benchmarks -am package
	@mkdir -p target && touch $@

# Their variables as the options of `driftwatch run`; ARGS are words of this shell.
run = @bin/driftwatch run --dir target --rate='$(RATE)' --window='$(WINDOW)' --source='$(SOURCE)' --detector='$(DETECTOR)' \
  --duration='$(DURATION)' $(if $(LOOP),--loop) $(if $(HEADLESS),--headless) --kafka='$(KAFKA)' \
  --kafka-config='$(KAFKA_CONFIG)' --control='$(CONTROL)' --metrics='$(METRICS)' \
  --pipeline-args='$(PIPELINE_ARGS)' --quality-args='$(QUALITY_ARGS)' --runner='$(1)' -- $(ARGS)

run-direct: target/built-direct ## broker, emulator, pipeline on the DirectRunner, quality, viewer: all on this machine
	$(call run,direct)

run-spark: target/built-direct target/built-spark ## the same on Spark: a standalone cluster on this machine, or yours (SPARK_MASTER)
	$(call run,$(or $(CONFIG),$(if $(filter local%,$(SPARK_MASTER)),spark-local,spark-standalone)))

run-flink: target/built-direct target/built-flink ## the same on Flink: a standalone cluster on this machine, or yours (FLINK_MASTER)
	$(call run,$(or $(CONFIG),$(if $(filter local,$(FLINK_MASTER)),flink-local,flink-standalone)))

batch: target/built-direct $(patsubst %,target/built-%,$(filter spark flink,$(subst -, ,$(RUNNER)))) ## one static batch: INPUT=files in, one summary out, or one for each WINDOW (OUTPUT=file or kafka:TOPIC)
	@bin/driftwatch batch --runner=$(RUNNER) --input='$(INPUT)' --output='$(OUTPUT)' \
	  $(if $(WINDOW),--window='$(WINDOW)') $(if $(KAFKA),--kafka='$(KAFKA)') \
	  $(if $(KAFKA_CONFIG),--kafkaConfig='$(KAFKA_CONFIG)') $(if $(DETECTOR),--detector='$(DETECTOR)') $(ARGS)

viewer: target/built-direct ## the viewer alone
	@bin/driftwatch viewer $(connection) $(description) $(if $(HEADLESS),--text) $(ARGS)

export: target/built-direct ## a stretch of results as a file: ARGS='--output run.root --last 10m', .json, .h5 or .csv
	@bin/driftwatch export $(connection) $(description) $(ARGS)

quality: target/built-direct ## verdicts and alarms alone; ARGS=--check looks once, for scripts
	@bin/driftwatch quality $(connection) $(description) $(ARGS)

emulator: target/built-direct ## the emulator alone; TO=run.csv writes a file in place of the topic
	@bin/driftwatch emulator $(description) $(if $(SOURCE),--source '$(SOURCE)') \
	  $(if $(DURATION),--duration $(DURATION)) $(if $(LOOP),--loop) $(if $(TO),--to '$(TO)',$(connection) \
	  $(if $(RATE),--rate $(RATE)) $(if $(CONTROL),--control $(CONTROL))) $(ARGS)

rate: target/built-direct ## shows the rate of a running emulator, or changes it: RATE=5000 or RATE=detectorx2
	@bin/driftwatch rate $(if $(CONTROL),--emulator $(CONTROL)) $(RATE) $(ARGS)

record: target/built-direct ## records a running topic until stopped: FILE=run.rec, for make emulator ARGS='--replay run.rec'
	@bin/driftwatch record $(connection) '$(FILE)' $(if $(TOPIC),--topic $(TOPIC)) \
	  $(if $(DURATION),--duration $(DURATION)) $(ARGS)

broker: target/built-direct ## the embedded broker alone
	@bin/driftwatch broker --data target/broker $(ARGS)

dist: target/built-direct target/built-spark target/built-flink ## packages that run without Maven: all of it, and the viewer alone
	@scripts/dist

cloud-veneto: target/built-$(ENGINE) ## packs what the five machines of runner-configs/cloud-veneto need; ENGINE=flink for Flink
	@scripts/cloud-pack $(ENGINE)

cloud-proof: target/built-$(ENGINE) ## tests that setup locally, in five network namespaces (root only); ENGINE=flink for Flink
	@scripts/cloud-proof $(ENGINE)

chaos: ## injects faults at random moments, and floods; compares every window with a recomputation
	@mvn -B -q verify -pl integration -am \
	  -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dit.test='ChaosIT$(if $(SETTINGS)$(KINDS),,$(comma)FloodIT)' \
	  -Dfailsafe.failIfNoSpecifiedTests=false -Ddriftwatch.faults=$(or $(FAULTS),100) \
	  $(if $(SETTINGS),-Ddriftwatch.settings=$(SETTINGS)) $(if $(KINDS),-Ddriftwatch.kinds=$(KINDS)) \
	  -Ddriftwatch.seed=$(or $(SEED),$(shell date +%s)) \
	  -Ddriftwatch.outage=60 -Ddriftwatch.leaderAway=600 \
	  -Ddriftwatch.flood=$(or $(FLOOD),1000000) $(ARGS)

fuzz: ## feeds damaged input to every parser, INPUTS times each (100000), and prints a table
	@mvn -B -q test -pl detector,files,kafka,telemetry,emulator,pipelines,export,quality,viewer -Dtest='*FuzzTest' \
	  -Dsurefire.failIfNoSpecifiedTests=false -Ddriftwatch.inputs=$(or $(INPUTS),100000) \
	  $(if $(SEED),-Ddriftwatch.seed=$(SEED))

test: ## builds and runs every test
	@scripts/test

bench: target/built-bench target/built-flink ## measures Driftwatch and alternatives, half an hour, into BENCHMARKS.md: SECTION=one part of it
	@java -Xmx2g -cp "benchmarks/target/classes:$$(cat benchmarks/target/classpath)" \
	  org.driftwatch.benchmarks.BenchMain $(if $(SECTION),--section $(SECTION)) \
	  $(if $(BACKLOG),--backlog $(BACKLOG)) $(if $(REPEATS),--repeats $(REPEATS)) \
	  $(if $(STRETCH),--stretch $(STRETCH)) $(if $(SEEDS),--seeds $(SEEDS)) $(if $(HOURS),--hours $(HOURS)) \
	  $(if $(ROWS),--rows $(ROWS)) $(if $(COMPARE),--compare '$(COMPARE)') \
	  $(if $(SAMPLES),--samples '$(SAMPLES)') $(ARGS)

clean: ## removes everything that was built
	@$(MVN) -Pbench clean && rm -rf target
