using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Imports;

/// <summary>Reads a file as an import would, and records nothing: shows what is understood, and what would be refused.</summary>
internal sealed class DryRun(
    HistoryFile file, ImportRequest request, StoreSettings store, TimeProvider time, Action<ImportRefusal>? onRefused = null)
{
    private readonly ImportTally _tally = new(onRefused);

    /// <summary>How far it is. May be asked from another thread.</summary>
    public ImportProgress Progress => new(_tally.Lines, file.BytesRead, file.Length);

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="ImportRequestException">The format has to be given.</exception>
    /// <exception cref="HistoryFormatException">The file as a whole cannot be read.</exception>
    public Task<ImportResult> RunAsync(CancellationToken cancellation) => Task.Run(() => Run(cancellation), cancellation);

    private ImportResult Run(CancellationToken cancellation)
    {
        var known = request.For(file.Lines);
        var context = known.ToContext(store, OneStore.ImportSource, time.GetUtcNow());
        foreach (var row in known.Read(file.Lines, context))
        {
            cancellation.ThrowIfCancellationRequested();
            if (row.Refusal is { } refusal)
            {
                _tally.Refuse(row, refusal.Code, refusal.Message);
            }
            else
            {
                _tally.Count(row);
            }
        }

        return _tally.ToResult(known.Reader!.Format, file.Lines, context.Findings, isDryRun: true);
    }
}
