// Times on a shared machine say little alone: everything is also given as a multiple of the plain path in the same run.
// Arguments: a number, the name of a benchmark, and what it asks for. Without a name those of the first line run.
//   lifetime, neural, networks, boosting, champion, rules, intervals: of so many customers
//   gathering; training: the parts of one; training-level: those of a large one: of so many customers
//   erasures: of one that large, with "postgres" for that engine
//   ingest, pseudonyms, watches, postgres, scale: of so many batches;  baskets, policies, access, telemetry: of so many rounds
//   sales: of so many orders
//   recommendations: with the address and the folder of a service, to ask that instead
//   promotion: on so many random stores;  other-shops: with the name of one, shops of other laws
//   reviews: with a file of words and stars parted by a tab
//   doubt, segments, splits (with what the names of some begin with), small-stores (on so many random stores, with the name of a data set
//   to look at it only): on the public data in CLV_DATA
using ClvOrleans.Benchmarks;
using ClvOrleans.Benchmarks.Access;
using ClvOrleans.Benchmarks.Boosting;
using ClvOrleans.Benchmarks.Champion;
using ClvOrleans.Benchmarks.Erasures;
using ClvOrleans.Benchmarks.Gathering;
using ClvOrleans.Benchmarks.Ingest;
using ClvOrleans.Benchmarks.Neural;
using ClvOrleans.Benchmarks.OtherShops;
using ClvOrleans.Benchmarks.Packing;
using ClvOrleans.Benchmarks.Promotions;
using ClvOrleans.Benchmarks.Recommendations;
using ClvOrleans.Benchmarks.Reports;
using ClvOrleans.Benchmarks.Reviews;
using ClvOrleans.Benchmarks.Scale;
using ClvOrleans.Benchmarks.Shapes;
using ClvOrleans.Benchmarks.SmallStores;
using ClvOrleans.Benchmarks.Telemetry;
using ClvOrleans.Benchmarks.Trainings;

var customers = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000;
var (only, detail) = (args.ElementAtOrDefault(1), args.ElementAtOrDefault(2));
var data = Environment.GetEnvironmentVariable("CLV_DATA") ?? "../shared/data";
Dictionary<string, Func<Task>> asked = new()
{
    ["small-stores"] = () => Run(() => SmallStoreBenchmark.Run(data, customers, detail)),
    ["segments"] = () => Run(() => RetailSegmentsBenchmark.Run(data)),
    ["doubt"] = () => Run(() => DoubtBenchmark.Run(data)),
    ["splits"] = () => Run(() => SplitBenchmark.Run(data, detail)),
    ["training"] = () => Run(() => TrainingBenchmark.Run(customers)),
    ["training-level"] = () => Run(() => TrainingBenchmark.RunLevel(customers)),
    ["promotion"] = () => Run(() => PromotionBenchmark.Run(customers)),
    ["other-shops"] = () => Run(() => OtherShopBenchmark.Run(customers, detail)),
    ["reviews"] = () => Run(() => ReviewBenchmark.Run(detail!)),
    ["recommendations"] = () => RecommendationBenchmark.RunAsync(customers, detail, args.ElementAtOrDefault(3)),
    ["sales"] = () => Run(() => SalesBenchmark.Run(customers)),
    ["gathering"] = () => CollectionBenchmark.RunAsync(customers, detail, args.ElementAtOrDefault(3)),
    ["ingest"] = () => IngestBenchmark.RunAsync(customers),
    ["baskets"] = () => BasketBenchmark.RunAsync(customers),
    ["pseudonyms"] = () => PseudonymBenchmark.RunAsync(customers),
    ["watches"] = () => WatchBenchmark.RunAsync(customers),
    ["telemetry"] = () => TelemetryBenchmark.RunAsync(customers),
    [MeasuredService.Verb] = () => MeasuredService.ServeAsync(detail!),
    ["access"] = () => AccessBenchmark.RunAsync(customers),
    ["policies"] = () => PolicyBenchmark.RunAsync(customers, detail),
    ["erasures"] = () => ErasureBenchmark.RunAsync(customers, detail),
    ["packing"] = () => PackingBenchmark.RunAsync(customers),
    ["scale"] = () => ScaleBenchmark.RunAsync(customers),
    ["postgres"] = () => PostgresBenchmark.RunAsync(customers),
};
Dictionary<string, Action> always = new()
{
    ["lifetime"] = () =>
    {
        FitBenchmark.Run(customers);
        ForecastBenchmark.Run(customers);
    },
    ["intervals"] = IntervalBenchmark.Run,
    ["neural"] = () => NeuralBenchmark.Run(customers),
    ["networks"] = () => NetworkValueBenchmark.Run(customers),
    ["boosting"] = () => BoostingBenchmark.Run(customers),
    ["champion"] = () => ChampionBenchmark.Run(Math.Min(customers, 5_000)),
    ["rules"] = () =>
    {
        RuleBenchmark.Run();
        SegmentationBenchmark.Run();
    },
};

Console.WriteLine($"{customers:N0} customers, {Environment.ProcessorCount} processors");
foreach (var part in always.Where(p => only is null || p.Key == only))
{
    part.Value();
}

if (only is not null && !always.ContainsKey(only))
{
    await (asked.GetValueOrDefault(only) ?? throw new ArgumentException(
        $"There is no benchmark '{only}'; there are {string.Join(", ", always.Keys.Concat(asked.Keys).Order())}."))();
}

static Task Run(Action benchmark)
{
    benchmark();
    return Task.CompletedTask;
}
