using System.Text.Json;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Server.Access;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Keeps <c>erasures.json</c> in the data folder, where <c>clv restore</c> finds it when an older backup takes the place of the store.
/// </summary>
internal sealed partial class LedgerFile(ProcessOptions process, IErasures erasures, ILogger<LedgerFile> logger)
    : BeforeServing, IErasureLedgerKeeper
{
    private string LedgerPath => ErasureLedger.PathIn(process.DataFolder);

    /// <summary>
    /// Before the store is served: where the file remembers erasures that the store does not know, the store is an older copy, and whoever
    /// was erased since is erased again.
    /// </summary>
    /// <exception cref="InvalidOperationException">The file cannot be read, or is of another installation.</exception>
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(LedgerPath))
        {
            return;
        }

        ErasureLedger ledger;
        try
        {
            ledger = ErasureLedger.Parse(await File.ReadAllBytesAsync(LedgerPath, cancellationToken));
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{LedgerPath} cannot be read: put it back, or remove it if nobody was erased.", e);
        }

        if (await erasures.ExportAsync(cancellationToken) is not { } known || !known.Includes(ledger))
        {
            LogErased(await erasures.ImportAsync(ledger, cancellationToken), LedgerPath);
            await erasures.CompactAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public Task KeepAsync(ErasureLedger ledger, CancellationToken cancellation = default)
    {
        PrivateFile.Replace(LedgerPath, ledger.ToJson());
        return Task.CompletedTask;
    }

    [LoggerMessage(
        2005, LogLevel.Warning, "The store is older than {File}: {Erased} people who were erased since were erased again.")]
    private partial void LogErased(int erased, string file);
}
