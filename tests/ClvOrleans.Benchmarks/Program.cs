
// Times on a shared machine say little alone: everything is also given as a multiple of the plain path in the same run.
// Arguments: number of customers; "lifetime", "neural", "networks", "boosting", "champion", "rules" or "intervals" to run only those;
// "gathering"; "ingest", "watches" and "postgres", with the number of batches; "policies", with that of rounds; "training" for the parts of
// one; "recommendations", with the address of a service to ask it too; "promotion", with the number of random stores; "other-shops" for
// shops of other laws; "reviews", with a file of words and stars parted by a tab. "doubt", "segments", and "small-stores", the number being
// of random stores, with the name of a data set to look at it only, read the public data in CLV_DATA.
using ClvOrleans.Benchmarks;
using ClvOrleans.Benchmarks.Boosting;
using ClvOrleans.Benchmarks.Champion;
using ClvOrleans.Benchmarks.Gathering;
using ClvOrleans.Benchmarks.Ingest;
using ClvOrleans.Benchmarks.Neural;
using ClvOrleans.Benchmarks.OtherShops;
using ClvOrleans.Benchmarks.Promotions;
using ClvOrleans.Benchmarks.Recommendations;
using ClvOrleans.Benchmarks.Reviews;
using ClvOrleans.Benchmarks.SmallStores;
using ClvOrleans.Benchmarks.Trainings;

var customers = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000;
var only = args.ElementAtOrDefault(1);
if (only == "small-stores")
{
    SmallStoreBenchmark.Run(Environment.GetEnvironmentVariable("CLV_DATA") ?? "../shared/data", customers, args.ElementAtOrDefault(2));
    return;
}

if (only == "segments")
{
    RetailSegmentsBenchmark.Run(Environment.GetEnvironmentVariable("CLV_DATA") ?? "../shared/data");
    return;
}

if (only == "training")
{
    TrainingBenchmark.Run(customers);
    return;
}

if (only == "promotion")
{
    PromotionBenchmark.Run(customers);
    return;
}

if (only == "doubt")
{
    DoubtBenchmark.Run(Environment.GetEnvironmentVariable("CLV_DATA") ?? "../shared/data");
    return;
}

if (only == "other-shops")
{
    OtherShopBenchmark.Run(customers);
    return;
}

if (only == "recommendations")
{
    await RecommendationBenchmark.RunAsync(customers, args.ElementAtOrDefault(2));
    return;
}

if (only == "reviews")
{
    ReviewBenchmark.Run(args[2]);
    return;
}

Console.WriteLine($"{customers:N0} distinct customers, {Environment.ProcessorCount} processors");
if (only is null or "lifetime")
{
    FitBenchmark.Run(customers);
    ForecastBenchmark.Run(customers);
}

if (only is null or "intervals")
{
    IntervalBenchmark.Run();
}

if (only is null or "neural")
{
    NeuralBenchmark.Run(customers);
}

if (only is null or "networks")
{
    NetworkValueBenchmark.Run(customers);
}

if (only is null or "boosting")
{
    BoostingBenchmark.Run(customers);
}

if (only is null or "champion")
{
    ChampionBenchmark.Run(Math.Min(customers, 5_000));
}

if (only == "ingest")
{
    await IngestBenchmark.RunAsync(customers);
}

if (only == "postgres")
{
    await PostgresBenchmark.RunAsync(customers);
}

if (only == "watches")
{
    await WatchBenchmark.RunAsync(customers);
}

if (only == "policies")
{
    await PolicyBenchmark.RunAsync(customers, args.ElementAtOrDefault(2));
}

if (only is null or "rules")
{
    RuleBenchmark.Run();
    SegmentationBenchmark.Run();
}

if (only == "gathering")
{
    await CollectionBenchmark.RunAsync(customers, args.ElementAtOrDefault(2), args.ElementAtOrDefault(3));
}
