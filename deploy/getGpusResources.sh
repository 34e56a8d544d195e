#!/usr/bin/env bash
# Tells Spark which GPUs this machine has (spark.{worker,executor}.resource.gpu.discoveryScript),
# in the one line of JSON that Spark reads: {"name": "gpu", "addresses": ["0", "1"]}
set -euo pipefail

command -v nvidia-smi >/dev/null || {
  echo "getGpusResources.sh: there is no nvidia-smi on the PATH of $(hostname): is the NVIDIA driver installed?" >&2
  exit 1
}

indices=$(nvidia-smi --query-gpu=index --format=csv,noheader)

addresses=
for index in $indices; do
  addresses+="${addresses:+, }\"$index\""
done
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
