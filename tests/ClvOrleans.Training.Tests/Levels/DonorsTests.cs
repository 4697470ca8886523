using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Backtests.Origins;
using ClvOrleans.Training.Levels;
using Xunit;

namespace ClvOrleans.Training.Tests.Levels;

public sealed class DonorsTests(ITestOutputHelper output)
{
    [Fact]
    public void Try()
    {
        var result = RollingOrigin.Run(
            Donors.Read(), new DateOnly(2014, 9, 30), [new LevelModel(), new SameSeasonSpend()], new OriginRules { Origins = 28 });
        foreach (var row in result.Rows)
        {
            output.WriteLine($"{row.Model} {row.Months} rmse {row.LevelError:0.000} bias {row.LevelBias:0.000} worst {row.WorstFactor:0.00} cov {row.TotalCoverage:0.00} winkler {row.TotalIntervalScore:0.00} crps {row.TotalRankedProbability:0.000}");
            output.WriteLine(string.Join(" ", row.Totals.Select(t => $"{t.LogRatio:+0.00;-0.00}{(t.IsHeld == false ? "*" : "")}")));
            output.WriteLine(string.Join(" ", row.Totals.Select(t => $"{t.Upper/t.Lower:0.00}")));
            var jan = row.Totals.Where(t => t.Origin.Month == 12 && t.Origin.Year >= 2008).Average(t => t.LogRatio * t.LogRatio);
            output.WriteLine($"{Math.Sqrt(jan ?? 0):0.000}");
        }

        output.WriteLine($"{result.Took}");
    }
}
