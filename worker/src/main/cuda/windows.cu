// Everything that slides windows, in its parts.
#include "average_pools.cu"
#include "depthwise.cu"
#include "depthwise_backward.cu"
#include "depthwise_strided.cu"
#include "max_pools.cu"
#include "picks.cu"
#include "sequence_pools.cu"
#include "sequences.cu"
