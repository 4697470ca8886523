using System.Globalization;
using System.Text.RegularExpressions;
using ClvOrleans.Statistics.Experiments;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Tests;

/// <summary>The examples of the package's README are this code, and print what stands there.</summary>
public sealed partial class ReadmeTests
{
    private static string Readme { get; } = File.ReadAllText(Path.Combine(SharedData.Root(), "src", "ClvOrleans.Statistics", "README.md"));

    [Fact]
    public void The_example_prints_what_the_readme_says()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        Run(SharedData.Find("cdnow/CDNOW_sample.txt"), output);
        Assert.Contains($"```\n{output}```\n", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_an_experiment_prints_what_the_readme_says()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        RunExperiment(output);
        Assert.Contains($"```\n{output}```\n", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_examples_of_the_readme_are_the_code_of_this_test()
    {
        string[] codes = [.. Code().Matches(Readme).Select(m => m.Groups[1].Value)];
        var source = File.ReadAllText(Path.Combine(SharedData.Root(), "tests", "ClvOrleans.Statistics.Tests", "ReadmeTests.cs"));
        Assert.Equal(2, codes.Length);
        Assert.All(codes, code => Assert.Contains(Indented(code), source, StringComparison.Ordinal));

        static string Indented(string code) =>
            string.Concat(code.Split('\n')[..^1].Select(line => line.Length == 0 ? "\n" : $"        {line}\n"));
    }

    private static void Run(string file, TextWriter output)
    {
        var histories = File.ReadLines(file)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .GroupBy(fields => fields[0], fields => DateOnly.ParseExact(fields[2], "yyyyMMdd", CultureInfo.InvariantCulture))
            .Select(days => PurchaseHistory.Of(days, end: new DateOnly(1997, 9, 30)));
        var (model, report) = LifetimeModels.Fit("bg-nbd", histories, FitOptions.MaximumLikelihood);
        foreach (var (name, value, error) in report.Names.Zip(report.Parameters, report.StandardErrors))
        {
            output.WriteLine($"{name} {value:0.000} ± {error:0.000}");
        }

        var anna = new PurchaseHistory(Repeats: 2, LastPurchase: 30.43, Observed: 38.86);
        output.WriteLine(
            $"{model.ProbabilityAlive(anna):0.000} alive, {model.ExpectedPurchases(anna, horizon: 39):0.000} purchases in 39 weeks");
    }

    private static void RunExperiment(TextWriter output)
    {
        var allocation = Allocation.Of([new("control", .5), new("mail", .5)]);
        output.WriteLine($"customer-1 gets {allocation.ArmOf(salt: "spring-2026", unit: "customer-1")}");

        var (control, mail) = (new Proportion(122, 21_306), new Proportion(267, 21_307));
        var sizes = SampleRatio.Check([control.Trials, mail.Trials], [.5, .5]);
        output.WriteLine($"sizes {(sizes.IsMismatch ? "do not fit" : "fit")} the shares");

        var (once, any) = (ProportionTest.Compare(control, mail), new ProportionSequence().Compare(control, mail));
        output.WriteLine($"{once.Estimate:0.00%} buy because of it:");
        output.WriteLine($"{once.Interval.Lower:0.00%} to {once.Interval.Upper:0.00%} by one look,");
        output.WriteLine($"{any.Interval.Lower:0.00%} to {any.Interval.Upper:0.00%} by as many looks as one likes");
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
