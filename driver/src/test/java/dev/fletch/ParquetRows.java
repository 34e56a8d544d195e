package dev.fletch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a Parquet file the way its users do: with Spark SQL. */
public final class ParquetRows {
  private ParquetRows() {}

  /** The rows in the order of the file, each by the names of the columns in their order. */
  public static List<Map<String, Object>> read(String file) {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Row row : spark.read().parquet(file).collectAsList()) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : row.schema().fieldNames()) {
          values.put(name, row.getAs(name));
        }
        rows.add(values);
      }
      return rows;
    }
  }
}
