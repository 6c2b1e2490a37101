package io.ordinal.controller.store.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The open database with its column families; turns RocksDB's exceptions into faults. */
final class Database implements AutoCloseable {
  enum Column {
    META("default"),
    OBJECTS("objects"),
    RECORDS("records"),
    CHANGES("changes");

    private final byte[] title;

    Column(String title) {
      this.title = title.getBytes(UTF_8);
    }
  }

  private interface Call<T> {
    T run() throws RocksDBException;
  }

  private final Path directory;
  private final List<AutoCloseable> resources = new ArrayList<>();
  private final List<ColumnFamilyHandle> columns = new ArrayList<>();
  private final WriteOptions withoutLog;
  private final RocksDB db;

  Database(Path directory, RocksSettings settings) {
    this.directory = directory;
    loadLibrary(directory);
    this.withoutLog = closeLater(new WriteOptions().setDisableWAL(true));
    ColumnFamilyOptions layout = layout(settings);
    List<ColumnFamilyDescriptor> wanted = new ArrayList<>();
    for (Column column : Column.values())
      wanted.add(new ColumnFamilyDescriptor(column.title, layout));
    DBOptions options = options();
    try {
      this.db = RocksDB.open(options, directory.toString(), wanted, columns);
    } catch (RocksDBException e) {
      closeResources();
      throw new DatabaseFault(
          "the database in "
              + directory
              + " cannot be opened ("
              + e.getMessage()
              + "); if its files are damaged, move the directory away: the state is then rebuilt"
              + " from the last snapshot and the log",
          e);
    }
  }

  /** Extracts the native library beside the database: /tmp would gather one copy per crash. */
  private static void loadLibrary(Path directory) {
    try {
      Path place = directory.resolveSibling("native");
      Files.createDirectories(place);
      NativeLibraryLoader.getInstance().loadLibrary(place.toString());
    } catch (IOException e) {
      throw new DatabaseFault("the native library of RocksDB cannot be loaded", e);
    }
    RocksDB.loadLibrary();
  }

  private ColumnFamilyOptions layout(RocksSettings settings) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(closeLater(new LRUCache(settings.cacheBytes())))
            .setFilterPolicy(closeLater(new BloomFilter(10)))
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            .setBlockSize(16 << 10);
    return closeLater(
        new ColumnFamilyOptions()
            .setTableFormatConfig(table)
            .setWriteBufferSize(settings.writeBufferBytes())
            .setCompressionType(CompressionType.LZ4_COMPRESSION));
  }

  private DBOptions options() {
    return closeLater(
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            // Without a write-ahead log the column families must reach the disk together.
            .setAtomicFlush(true)
            .setAvoidFlushDuringShutdown(true)
            .setMaxBackgroundJobs(2)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(2)
            .setMaxLogFileSize(1 << 20)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0));
  }

  private <T extends AutoCloseable> T closeLater(T resource) {
    resources.add(resource);
    return resource;
  }

  byte[] get(Column column, byte[] key) {
    return checked(() -> db.get(handle(column), key));
  }

  byte[] get(Column column, ReadOptions options, byte[] key) {
    return checked(() -> db.get(handle(column), options, key));
  }

  RocksIterator iterate(Column column, ReadOptions options) {
    return db.newIterator(handle(column), options);
  }

  void put(WriteBatch batch, Column column, byte[] key, byte[] value) {
    run(() -> batch.put(handle(column), key, value));
  }

  void delete(WriteBatch batch, Column column, byte[] key) {
    run(() -> batch.delete(handle(column), key));
  }

  void deleteRange(WriteBatch batch, Column column, byte[] from, byte[] to) {
    run(() -> batch.deleteRange(handle(column), from, to));
  }

  void write(WriteBatch batch) {
    run(() -> db.write(withoutLog, batch));
  }

  void flush() {
    try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
      run(() -> db.flush(options, columns));
    }
  }

  void checkpoint(Path to) {
    try (Checkpoint checkpoint = Checkpoint.create(db)) {
      run(() -> checkpoint.createCheckpoint(to.toString()));
    }
  }

  Snapshot snapshot() {
    return db.getSnapshot();
  }

  void release(Snapshot snapshot) {
    db.releaseSnapshot(snapshot);
  }

  /** On disk and in memory, without what compaction will drop. */
  long sizeBytes() {
    return checked(
        () ->
            db.getAggregatedLongProperty("rocksdb.total-sst-files-size")
                + db.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables"));
  }

  private ColumnFamilyHandle handle(Column column) {
    return columns.get(column.ordinal());
  }

  private interface Action {
    void run() throws RocksDBException;
  }

  private void run(Action action) {
    checked(
        () -> {
          action.run();
          return null;
        });
  }

  private <T> T checked(Call<T> call) {
    try {
      return call.run();
    } catch (RocksDBException e) {
      throw fault(e);
    }
  }

  DatabaseFault fault(RocksDBException cause) {
    return new DatabaseFault(
        "the database in " + directory + " failed: " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    columns.forEach(ColumnFamilyHandle::close);
    db.close();
    closeResources();
  }

  private void closeResources() {
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException(
            "closing " + resource, e); // RocksDB's closes throw nothing.
      }
    }
  }
}
