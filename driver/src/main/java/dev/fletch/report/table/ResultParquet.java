package dev.fletch.report.table;

import dev.fletch.report.model.RunReport;
import dev.fletch.report.table.ResultTable.Column;
import dev.fletch.report.table.ResultTable.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * The table of all trainings as one Parquet file. It has few rows, so it is made in memory: then it
 * can be written like every other file of a run, whole or not at all. Not compressed, which every
 * reader understands.
 */
public final class ResultParquet {
  private ResultParquet() {}

  public static byte[] bytes(RunReport report) throws IOException {
    List<Column> columns = ResultTable.columns(report.metric());
    MessageType schema = schema(columns);
    Memory memory = new Memory();
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(memory)
            .withType(schema)
            .withConf(new Configuration(false))
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      for (Row row : ResultTable.rows(report)) {
        writer.write(group(row, columns, schema));
      }
    }
    return memory.bytes.toByteArray();
  }

  private static MessageType schema(List<Column> columns) {
    Types.MessageTypeBuilder builder = Types.buildMessage();
    for (Column column : columns) {
      switch (column.type()) {
        case TEXT ->
            builder
                .optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(column.name());
        case INTEGER -> builder.optional(PrimitiveTypeName.INT64).named(column.name());
        case NUMBER -> builder.optional(PrimitiveTypeName.DOUBLE).named(column.name());
      }
    }
    return builder.named("results");
  }

  private static Group group(Row row, List<Column> columns, MessageType schema) {
    Group group = new SimpleGroup(schema);
    for (Column column : columns) {
      Object value = column.value().apply(row);
      if (value instanceof String text) {
        group.add(column.name(), text);
      } else if (value instanceof Long number) {
        group.add(column.name(), number);
      } else if (value instanceof Double number) {
        group.add(column.name(), number);
      }
    }
    return group;
  }

  /** A file that is only bytes. */
  private static final class Memory implements OutputFile {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        @Override
        public long getPos() {
          return bytes.size();
        }

        @Override
        public void write(int value) {
          bytes.write(value);
        }

        @Override
        public void write(byte[] values, int offset, int length) {
          bytes.write(values, offset, length);
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
