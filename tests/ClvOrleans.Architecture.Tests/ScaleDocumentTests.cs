using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ClvOrleans.Testing.Scale;

namespace ClvOrleans.Architecture.Tests;

/// <summary>The table of docs/scale.md is computed from the costs that the same page says were measured.</summary>
public sealed partial class ScaleDocumentTests
{
    private const string Begin = "<!-- plan -->\n";
    private const string End = "<!-- end -->";

    private static readonly (double Customers, double Events)[] Sizes =
        [(1e5, 50), (1e6, 500), (1e7, 5_000), (3e7, 15_000), (1e8, 20_000), (1e8, 50_000)];

    [Fact]
    public void The_table_is_what_the_model_makes_of_the_measured_costs()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "scale.md"));
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var table = Write(new ScaleModel(Costs(text)));

        // What the document should be, for whoever has measured again.
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "scale.md.now"), text[..begin] + table + text[end..]);
        Assert.Equal(table, text[begin..end]);
    }

    [Fact]
    public void More_customers_or_events_never_need_less()
    {
        var model = new ScaleModel(Costs(File.ReadAllText(Path.Combine(Repository.Root, "docs", "scale.md"))));
        foreach (var customers in new[] { 1e4, 1e6, 1e8 })
        {
            ScalePlan? before = null;
            for (var events = 10d; events < 1e6; events *= 1.5)
            {
                var plan = model.Plan(customers, events);
                Assert.True(
                    before is null || (plan.Silos >= before.Silos && plan.Databases >= before.Databases && plan.Log > before.Log),
                    $"{before} and then {plan}");
                before = plan;
            }
        }
    }

    private static string Write(ScaleModel model)
    {
        var table = new StringBuilder(
            "| customers | events/s | silos | shards | databases | events a transaction | processors of databases | memory of customers | "
                + "log | a year leaves | breaks first |\n| --- |" + string.Concat(Enumerable.Repeat(" --- |", 10)) + "\n");
        foreach (var (customers, events) in Sizes)
        {
            var plan = model.Plan(customers, events);
            table.Append(CultureInfo.InvariantCulture, $"| {customers:N0} | {events:N0} | {plan.Silos:N0} | {plan.Shards:N0} ");
            table.Append(CultureInfo.InvariantCulture, $"| {plan.Databases:N0} | {plan.Group:N0} | {plan.DatabaseProcessors:N1} ");
            table.Append(CultureInfo.InvariantCulture, $"| {plan.Memory / 1e9:N1} GB | {plan.Log / 1e6:N1} MB/s ");
            table.Append(CultureInfo.InvariantCulture, $"| {plan.Year / 1e12:N1} TB | {plan.First} |\n");
        }

        return table.ToString();
    }

    // Rows of the form | `EventSilo` | 150 µs | ...
    private static MeasuredCosts Costs(string text)
    {
        var found = Rows().Matches(text).ToDictionary(
            m => m.Groups[1].Value,
            m => double.Parse(m.Groups[2].Value, NumberStyles.Number, CultureInfo.InvariantCulture)
                * (m.Groups[3].Value == "µs" ? 1e-6 : 1));
        return new MeasuredCosts
        {
            EventSilo = found["EventSilo"],
            EventDatabase = found["EventDatabase"],
            EventLog = found["EventLog"],
            EventKept = found["EventKept"],
            TransactionTime = found["TransactionTime"],
            EventTime = found["EventTime"],
            TransactionSilo = found["TransactionSilo"],
            TransactionDatabase = found["TransactionDatabase"],
            ActivationSilo = found["ActivationSilo"],
            ActivationDatabase = found["ActivationDatabase"],
            ActiveMemory = found["ActiveMemory"],
            DaySilo = found["DaySilo"],
            DayDatabase = found["DayDatabase"],
        };
    }

    [GeneratedRegex(@"^\| `([A-Za-z]+)` \| ([0-9.,]+) (µs|bytes) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
