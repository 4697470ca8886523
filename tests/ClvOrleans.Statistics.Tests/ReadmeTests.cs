using System.Globalization;
using System.Text.RegularExpressions;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Tests;

/// <summary>The example of the package's README is this code, and prints what stands there.</summary>
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
    public void The_example_of_the_readme_is_the_code_of_this_test()
    {
        var code = Code().Match(Readme).Groups[1].Value;
        var source = File.ReadAllText(Path.Combine(SharedData.Root(), "tests", "ClvOrleans.Statistics.Tests", "ReadmeTests.cs"));
        Assert.NotEmpty(code);
        Assert.Contains(string.Concat(code.Split('\n')[..^1].Select(line => line.Length == 0 ? "\n" : $"        {line}\n")), source, StringComparison.Ordinal);
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
        output.WriteLine($"{model.ProbabilityAlive(anna):0.000} alive, {model.ExpectedPurchases(anna, horizon: 39):0.000} purchases in 39 weeks");
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
