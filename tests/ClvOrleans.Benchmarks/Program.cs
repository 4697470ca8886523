using System.Diagnostics;
using System.Globalization;
using ClvOrleans.Benchmarks;
using ClvOrleans.Model.Fitting;
using ClvOrleans.Model.Lifetime;

var customers = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
foreach (var (family, histories) in new[] { ("bg-nbd", Shop.BetaGeometric(customers, 1)), ("pareto-nbd", Shop.Pareto(customers, 2)) })
{
    LifetimeModels.Fit(family, histories[..5_000]);
    var process = Process.GetCurrentProcess();
    var watch = Stopwatch.StartNew();
    var cpu = process.TotalProcessorTime;
    double Cpu() { process.Refresh(); return (process.TotalProcessorTime - cpu).TotalSeconds; }
    var columns = PurchaseHistories.Of(histories);
    var sorted = watch.Elapsed.TotalSeconds;
    var c1 = Cpu();
    var fit = LifetimeModels.Fit(family, columns);
    var fitted = watch.Elapsed.TotalSeconds;
    var c2 = Cpu();
    watch.Restart();
    var plain = histories.Sum(fit.Model.LogLikelihood);
    var evaluated = watch.Elapsed.TotalSeconds;
    Console.WriteLine($"cpu sort {c1:F3} fit {c2 - c1:F3} plain {Cpu() - c2:F3}");
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{family}: {columns.Distinct:N0} distinct; sorted {sorted:F3} s, fitted {fitted:F3} s in {fit.Report.Iterations} steps; one plain evaluation {evaluated:F3} s; ln L {fit.Report.LogLikelihood:F4}, plain {plain:F4}, gain {fit.Report.PossibleGain:G3}, gradient {fit.Report.GradientNorm:G3}"));
}
