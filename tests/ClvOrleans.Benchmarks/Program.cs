using ClvOrleans.Benchmarks;

// Times on a shared machine say little alone: everything is also given as a multiple of the plain path in the same run.
var customers = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000;
Console.WriteLine($"{customers:N0} distinct customers, {Environment.ProcessorCount} processors");
FitBenchmark.Run(customers);
ForecastBenchmark.Run(customers);
