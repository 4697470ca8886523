using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;

namespace ClvOrleans.Intake.Tests.Files;

/// <summary>What customers are after some files.</summary>
internal static class Fold
{
    public static List<HistoryRow> Rows(byte[] file, HistoryContext? context = null, Encoding? encoding = null)
    {
        using var opened = HistoryFile.Read(new MemoryStream(file), file.Length, encoding);
        var said = context ?? Data.Context;
        var reader = HistoryReaders.Recognise(opened.Lines.Peek()!, said.Columns, said.Delimiter ?? opened.Lines.Separator);
        Assert.NotNull(reader);
        return [.. reader.Read(opened.Lines, said)];
    }

    public static List<HistoryRow> Rows(string file, HistoryContext? context = null) => Rows(Encoding.UTF8.GetBytes(file), context);

    /// <summary>Net value and number of orders of a customer, of distinct events: an event that is known changes nothing.</summary>
    public static (decimal Net, int Orders) Of(string customer, params ReadOnlySpan<List<HistoryRow>> files)
    {
        var store = Data.Context.Store;
        var events = files.ToArray().SelectMany(f => f).Where(r => r.Event is not null && r.Customer.Id == customer).Select(r => r.Event!)
            .DistinctBy(e => e.Key);
        return Of(CustomerState.Fold(events, store), store);
    }

    public static (decimal Net, int Orders) Of(CustomerState state, StoreSettings store)
    {
        var summary = CustomerSummary.Of(state, store);
        return (store.Currency.ToMajor(summary.Net), summary.Orders);
    }

    public static string[] Refusals(IEnumerable<HistoryRow> rows) =>
        [.. rows.Where(r => r.Refusal is not null).Select(r => $"{r.Refusal!.Line}:{r.Refusal.Code}")];
}
