using System.Threading.Channels;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Imports;

/// <summary>
/// Brings a file through the path that every event takes. What <see cref="Progress"/> has counted is durable; running it again changes
/// nothing, and goes on where it was cut off.
/// </summary>
internal sealed class ImportRun(
    HistoryFile file, ImportRequest request, StoreSettings store, ImportRoute route, Action<ImportRefusal>? onRefused = null)
{
    private const int Batch = 2_000;
    private const int MostTries = 60;
    private const int MostTriesOfFailed = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ImportTally _tally = new(onRefused, route.Sources);

    /// <summary>How far it is. May be asked from another thread.</summary>
    public ImportProgress Progress => new(_tally.Lines, file.BytesRead, file.Length);

    /// <summary>Imports the whole file; the next lines are read while those before are recorded.</summary>
    /// <exception cref="ImportRequestException">The format has to be given.</exception>
    /// <exception cref="HistoryFormatException">The file as a whole cannot be read.</exception>
    public async Task<ImportResult> RunAsync(CancellationToken cancellation)
    {
        var (format, findings) = ("", new FileFindings());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var chunks = Channel.CreateBounded<HistoryRow[]>(new BoundedChannelOptions(2) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(async () => chunks.Writer.Complete(await ReadAsync()), CancellationToken.None);
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(cancellation))
            {
                await RecordAsync(chunk, cancellation);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }

        return _tally.ToResult(format, file.Lines, findings);

        async Task<Exception?> ReadAsync()
        {
            try
            {
                var known = request.For(file.Lines);
                format = known.Reader!.Format;
                var context = known.ToContext(store, OneStore.ImportSource, route.Time.GetUtcNow());
                findings = context.Findings;
                foreach (var chunk in known.Read(file.Lines, context).Chunk(Batch))
                {
                    await chunks.Writer.WriteAsync(chunk, stop.Token);
                }

                return null;
            }
            catch (Exception e)
            {
                // Whatever ends the reading ends the import: it is thrown there.
                return e;
            }
        }
    }

    private async Task RecordAsync(HistoryRow[] rows, CancellationToken cancellation)
    {
        foreach (var row in rows.Where(r => r.Refusal is not null))
        {
            _tally.Refuse(row, row.Refusal!.Code, row.Refusal.Message);
        }

        var good = rows.Where(r => r.Event is not null).ToArray();
        if (good.Length == 0)
        {
            return;
        }

        var events = Array.ConvertAll(good, r => new RoutedEvent(r.Customer, r.Event!, r.Visitor, r.Previous));
        var outcomes = await RecordPatientlyAsync(events, cancellation);
        for (var i = 0; i < good.Length; i++)
        {
            _tally.Count(good[i], outcomes[i]);
        }
    }

    // Live events come first: where the service is busy, history waits. What fails otherwise is soon told to whoever imports.
    private async Task<EventOutcome[]> RecordPatientlyAsync(RoutedEvent[] events, CancellationToken cancellation)
    {
        var outcomes = await route.Router.RecordAsync(events);
        for (var tries = 1; ; tries++)
        {
            var left = Enumerable.Range(0, outcomes.Length).Where(i => outcomes[i].Kind == OutcomeKind.Failed).ToArray();
            var isBusy = left.Any(i => outcomes[i].Code == EventOutcome.OverloadedCode);
            if (left.Length == 0 || tries >= (isBusy ? MostTries : MostTriesOfFailed))
            {
                return outcomes;
            }

            await Task.Delay(Pause, route.Time, cancellation);
            var again = await route.Router.RecordAsync(Array.ConvertAll(left, i => events[i]));
            for (var i = 0; i < left.Length; i++)
            {
                outcomes[left[i]] = again[i];
            }
        }
    }
}
