using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Benchmarks;

/// <summary>Sorting and fitting, against one evaluation of the likelihood by the plain formula on one thread.</summary>
internal static class FitBenchmark
{
    /// <summary>Prints a line for each family.</summary>
    public static void Run(int customers)
    {
        foreach (var (family, histories) in new[]
        {
            ("bg-nbd", Shop.BetaGeometric(customers, 1)),
            ("pareto-nbd", Shop.Pareto(customers, 2)),
        })
        {
            LifetimeModels.Fit(family, histories[..Math.Min(customers, 50_000)]);
            var (columns, sort) = Clock.Time(() => PurchaseHistories.Of(histories));
            var (fit, climb) = Clock.Time(() => LifetimeModels.Fit(family, columns));
            var (plain, evaluate) = Clock.Time(() => histories.Sum(fit.Model.LogLikelihood));
            Console.WriteLine(FormattableString.Invariant(
                $"""
                {family}: sorted in {sort}, fitted in {climb}, {fit.Report.Iterations} steps
                  one plain evaluation {evaluate}: sort and fit are {(sort.Processor + climb.Processor) / evaluate.Processor:F1} of it
                  ln L {fit.Report.LogLikelihood:F6}, plain {plain:F6}, relative difference {Math.Abs((fit.Report.LogLikelihood / plain) - 1):G2}
                """));
        }

        RunOnDays(Shop.Pareto(customers, 2));
    }

    // Days are whole in a store: customers of one history are one row.
    private static void RunOnDays(PurchaseHistory[] histories)
    {
        PurchaseHistory[] days =
        [
            .. histories.Select(h => h with
            {
                LastPurchase = Math.Floor(h.LastPurchase * 7) / 7,
                Observed = Math.Ceiling(h.Observed * 7) / 7,
            }),
        ];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (columns, sort) = Clock.Time(() => PurchaseHistories.Of(days));
        var held = GC.GetTotalMemory(true);
        Console.WriteLine(FormattableString.Invariant(
            $"whole days: {columns.Distinct:N0} rows of {columns.Customers:N0} customers, sorted in {sort}, ")
            + FormattableString.Invariant($"{GC.GetAllocatedBytesForCurrentThread() - before:N0} bytes, {held:N0} held"));
        foreach (var family in LifetimeModels.Families)
        {
            var (fit, climb) = Clock.Time(() => LifetimeModels.Fit(family, columns));
            Console.WriteLine(FormattableString.Invariant($"  {family} fitted in {climb}, {fit.Report.Iterations} steps"));
        }
    }
}
