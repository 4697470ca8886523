namespace ClvOrleans.Storage.Sql.Copies;

/// <summary>Copies a store as of one moment, and reads what it wrote again before it calls it a store.</summary>
public static class StoreCopy
{
    private const int RowsAtOnce = 10_000;
    private const long BytesAtOnce = 64 * 1024 * 1024;

    /// <summary>Copies all tables.</summary>
    /// <param name="source">From where.</param>
    /// <param name="target">To where; a copy of the same source that broke off goes on.</param>
    /// <param name="progress">Learns of each table that is written.</param>
    /// <param name="cancellation">Ends the copying; it can go on later.</param>
    /// <returns>What was copied, table by table.</returns>
    /// <exception cref="StorageUnavailableException">
    /// The target is no place for it, or what was written is not what was read.
    /// </exception>
    public static async Task<IReadOnlyList<CopiedTable>> RunAsync(
        ICopySource source, ICopyTarget target, IProgress<CopiedTable>? progress = null, CancellationToken cancellation = default)
    {
        Compare(source, target.Tables);
        var done = await target.BeginAsync(source, cancellation);
        var copied = new List<CopiedTable>();
        foreach (var table in source.Tables)
        {
            var told = await CopyAsync(source, target, table, done.GetValueOrDefault(table.Name), cancellation);
            copied.Add(told);
            progress?.Report(told);
        }

        await target.FinishAsync(cancellation);
        await using (var written = await target.ReopenAsync(cancellation))
        {
            Compare(copied, await TallyAsync(written, cancellation));
        }

        await target.CompleteAsync(copied, cancellation);
        return copied;
    }

    /// <summary>Counts and adds up all tables.</summary>
    public static async Task<IReadOnlyList<CopiedTable>> TallyAsync(ICopySource source, CancellationToken cancellation = default)
    {
        var all = new List<CopiedTable>();
        foreach (var table in source.Tables)
        {
            var tally = new TableTally(table);
            await foreach (var row in source.ReadAsync(table, cancellation))
            {
                tally.Add(row);
            }

            all.Add(tally.ToTable());
        }

        return all;
    }

    /// <summary>Refuses tables that do not hold what they should.</summary>
    /// <exception cref="StorageUnavailableException">Some do not; the message names them.</exception>
    public static void Compare(IReadOnlyList<CopiedTable> expected, IReadOnlyList<CopiedTable> found)
    {
        var wrong = expected.Where(
            e => found.FirstOrDefault(f => f.Name == e.Name) is not { } f || (f.Rows, f.Digest) != (e.Rows, e.Digest))
            .Select(e => e.Name).ToList();
        if (wrong.Count > 0)
        {
            throw new StorageUnavailableException(
                $"What was written is not what was read, in {string.Join(", ", wrong)}: something else writes there, or a disk is faulty.");
        }
    }

    private static async Task<CopiedTable> CopyAsync(
        ICopySource source, ICopyTarget target, StoreTable table, long done, CancellationToken cancellation)
    {
        var (tally, rows, bytes) = (new TableTally(table), new List<object?[]>(), 0L);
        await foreach (var row in source.ReadAsync(table, cancellation))
        {
            bytes += tally.Add(row).Length;
            if (tally.Rows <= done)
            {
                bytes = 0;
                continue;
            }

            rows.Add(row);
            if (rows.Count == RowsAtOnce || bytes > BytesAtOnce)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();
        return tally.ToTable();

        async Task FlushAsync()
        {
            if (rows.Count > 0)
            {
                await target.WriteAsync(table, rows, tally.Rows - rows.Count, cancellation);
                rows.Clear();
                bytes = 0;
            }
        }
    }

    private static void Compare(ICopySource source, IReadOnlyList<StoreTable> known)
    {
        foreach (var table in source.Tables)
        {
            if (known.FirstOrDefault(t => t.Name == table.Name) is not { } mine || !mine.Columns.SequenceEqual(table.Columns))
            {
                throw new StorageUnavailableException(
                    $"{source.Name} is of another version of clv: its table {table.Name} is not the one of this version. Use the version "
                        + "that made it, and upgrade what it is copied to by serving it.");
            }
        }
    }
}
