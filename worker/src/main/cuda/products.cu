// Products of matrices, of which one has very many columns.
//
// Two shapes: sums of products, a small matrix times a long one, where lanes lie along the columns; and products with
// a transposed matrix, where the long side is what is summed over, cut into parts that a second kernel adds.
#include "pairs.cuh"
#include "product_sums.cuh"

#define PRODUCT_SUMS_PARAMETERS                                                                   \
  Addresses<const float, PRODUCT_TERMS> a, Addresses<const float, PRODUCT_TERMS> x,               \
      Numbers<PRODUCT_TERMS> inner, Addresses<float, PRODUCT_SUMS> out,                           \
      Addresses<const double, PRODUCT_SUMS> shift, Numbers<PRODUCT_SUMS> rows,                    \
      Numbers<PRODUCT_SUMS + 1> terms, int columns, float keep, int slice_bits

#define PRODUCT_SUMS_KERNEL(name, LANES, TENSOR, ALIGNED)                                         \
  FLETCH_KERNEL __launch_bounds__(PRODUCT_THREADS, ALIGNED ? 2 : 1)                               \
      name(PRODUCT_SUMS_PARAMETERS) {                                                             \
    product_sums<LANES, TENSOR, ALIGNED>(                                                         \
        a, x, inner, out, shift, rows, terms, columns, keep, slice_bits);                         \
  }                                                                                               \
  FLETCH_EXPORT(name)

PRODUCT_SUMS_KERNEL(product_sums_16, 1, false, true)
PRODUCT_SUMS_KERNEL(product_sums_32, 2, false, true)
PRODUCT_SUMS_KERNEL(product_sums_64, 4, false, true)
PRODUCT_SUMS_KERNEL(product_sums_16_tf32, 1, true, true)
PRODUCT_SUMS_KERNEL(product_sums_32_tf32, 2, true, true)
PRODUCT_SUMS_KERNEL(product_sums_64_tf32, 4, true, true)
// Where columns are not a multiple of four, or matrices begin anywhere.
PRODUCT_SUMS_KERNEL(product_sums_unaligned, 4, false, false)

#define TRANSPOSED_PRODUCT_KERNEL(name, PLAIN, M, N, TENSOR)                                      \
  FLETCH_KERNEL __launch_bounds__(PRODUCT_THREADS, 2)                                             \
      name(const float* a, const float* b, int m, int n, int columns, int length, int aligned,    \
           float* parts, float* row_sums) {                                                       \
    transposed_product<ChosenPairTile<PLAIN, M, N, 2, TENSOR>::Tile>(                             \
        a, b, m, n, columns, length, aligned, parts, row_sums);                                   \
  }                                                                                               \
  FLETCH_EXPORT(name)

typedef PairTile<4, 4, 16, 8, false> PairsOf16;
typedef PairTile<4, 8, 16, 8, false> PairsOf32;
typedef PairTile<8, 8, 8, 8, false> PairsOf64;
TRANSPOSED_PRODUCT_KERNEL(transposed_product_16, PairsOf16, 1, 8, false)
TRANSPOSED_PRODUCT_KERNEL(transposed_product_32, PairsOf32, 2, 8, false)
TRANSPOSED_PRODUCT_KERNEL(transposed_product_64, PairsOf64, 4, 4, false)
TRANSPOSED_PRODUCT_KERNEL(transposed_product_16_tf32, PairsOf16, 1, 8, true)
TRANSPOSED_PRODUCT_KERNEL(transposed_product_32_tf32, PairsOf32, 2, 8, true)
TRANSPOSED_PRODUCT_KERNEL(transposed_product_64_tf32, PairsOf64, 4, 4, true)

// Blocks: parts of `length` columns, matrices x [m, columns] of one tile. To parts [matrices, parts, m, m].
#define SYMMETRIC_PRODUCTS_KERNEL(name, PLAIN, M, N, ACROSS, TENSOR)                              \
  FLETCH_KERNEL __launch_bounds__(PRODUCT_THREADS, 2)                                             \
      name(Addresses<const float, PRODUCT_SUMS> x, int m, int columns, int length, int aligned,   \
           float* parts) {                                                                        \
    using Tile = ChosenPairTile<PLAIN, M, N, ACROSS, TENSOR>::Tile;                               \
    float sums[Tile::SUMS];                                                                       \
    int from = blockIdx.x * length;                                                               \
    const float* of = x.at[blockIdx.y];                                                           \
    RowPairs pairs = {of, of, m, m, columns, aligned != 0};                                       \
    sum_pairs<Tile>(pairs, from, min(from + length, columns), false, sums);                       \
    float* out = parts + ((long long)blockIdx.y * gridDim.x + blockIdx.x) * m * m;                \
    write_pairs<Tile>(sums, m, m, out, m);                                                        \
  }                                                                                               \
  FLETCH_EXPORT(name)

typedef PairTile<4, 4, 4, 4, true> SquareOf16;
typedef PairTile<4, 8, 4, 8, true> SquareOf32;
typedef PairTile<8, 8, 8, 8, true> SquareOf64;
SYMMETRIC_PRODUCTS_KERNEL(symmetric_products_16, SquareOf16, 1, 2, 1, false)
SYMMETRIC_PRODUCTS_KERNEL(symmetric_products_32, SquareOf32, 2, 4, 1, false)
SYMMETRIC_PRODUCTS_KERNEL(symmetric_products_64, SquareOf64, 4, 4, 2, false)
SYMMETRIC_PRODUCTS_KERNEL(symmetric_products_16_tf32, SquareOf16, 1, 2, 1, true)
SYMMETRIC_PRODUCTS_KERNEL(symmetric_products_32_tf32, SquareOf32, 2, 4, 1, true)
SYMMETRIC_PRODUCTS_KERNEL(symmetric_products_64_tf32, SquareOf64, 4, 4, 2, true)

// out[matrix][i] = scale * the sum of parts[matrix, parts, count] over the parts, and the means of `rows` rows of
// `columns` values likewise, unless null. Blocks: some of the values of a matrix, matrices.
FLETCH_KERNEL sum_product_parts(
    const float* __restrict__ parts, int count, int length, Addresses<float, PRODUCT_SUMS> out,
    double scale, const float* __restrict__ row_sums, int rows, int columns,
    double* __restrict__ means) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < length) {
    const float* from = parts + (long long)blockIdx.y * count * length + i;
    double sum = 0;
#pragma unroll 8
    for (int part = 0; part < count; part++) {
      sum += from[(long long)part * length];
    }
    out.at[blockIdx.y][i] = (float)(scale * sum);
  }
  if (means != nullptr && i < rows) {
    double sum = 0;
#pragma unroll 8
    for (int part = 0; part < count; part++) {
      sum += row_sums[(long long)part * rows + i];
    }
    means[i] = sum / columns;
  }
}
FLETCH_EXPORT(sum_product_parts)
