using System.Globalization;
using ClvOrleans.Model.Fitting;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Model.Spend;

namespace ClvOrleans.Model.Tests.Lifetime;

/// <summary>The CDNOW 1/10 sample, on raw days to 1997-09-30: the yardstick of the field.</summary>
public sealed class CdnowTests
{
    private static readonly DateOnly End = new(1997, 9, 30);

    [Fact]
    public void Sample_has_the_published_number_of_repeat_purchases() =>
        Assert.Equal(2_457, Histories().Sum(h => h.History.Repeats)); // Fader, Hardie and Lee 2005

    [Fact]
    public void Pareto_nbd_fits_the_published_parameters_and_likelihood()
    {
        var (model, report) = LifetimeModels.Fit("pareto-nbd", Histories().Select(h => h.History), FitOptions.MaximumLikelihood);
        Assert.Equal(-9594.9762, report.LogLikelihood, 1e-3); // CLVTools, test_correctness_pnbd
        Assert.Equal(.55315, model.Parameters["r"], 1e-3);
        Assert.Equal(10.57633, model.Parameters["alpha"], 2e-2);
        Assert.Equal(.60625, model.Parameters["s"], 5e-3);
        Assert.Equal(11.67150, model.Parameters["beta"], 2e-1);
    }

    [Fact]
    public void Bg_nbd_fits_the_published_parameters_and_likelihood()
    {
        var (model, report) = LifetimeModels.Fit("bg-nbd", Histories().Select(h => h.History), FitOptions.MaximumLikelihood);
        Assert.Equal(-9582.4292, report.LogLikelihood, 1e-3); // CLVTools, test_correctness_bgnbd
        Assert.Equal(.2425945, model.Parameters["r"], 1e-3);
        Assert.Equal(4.4136019, model.Parameters["alpha"], 1e-2);
        Assert.Equal(.7929199, model.Parameters["a"], 1e-2);
        Assert.Equal(2.4258881, model.Parameters["b"], 3e-2);
    }

    [Fact]
    public void Gamma_gamma_fits_the_published_parameters_and_likelihood()
    {
        var spends = Histories().Where(h => h.Count > 0).Select(h => (h.Mean, h.Count)).ToArray();
        var (model, report) = SpendModels.Fit(spends, FitOptions.MaximumLikelihood);
        Assert.Equal(946, spends.Length);
        Assert.Equal(-4055.9177, report.LogLikelihood, 5e-2); // Fader and Hardie 2013; CLVTools, test_correctness_gg
        Assert.Equal(6.25, model.P, 5e-2);
        Assert.Equal(3.74, model.Q, 2e-2);
        Assert.Equal(15.44, model.V, 2e-1);
    }

    private static List<(PurchaseHistory History, double Mean, int Count)> Histories()
    {
        var rows = File.ReadLines(SharedData.Find("cdnow/CDNOW_sample.txt"))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(f => (Id: f[0], Day: DateOnly.ParseExact(f[2], "yyyyMMdd", CultureInfo.InvariantCulture), Spend: double.Parse(f[4], CultureInfo.InvariantCulture)))
            .Where(r => r.Day <= End);
        return
        [
            .. rows.GroupBy(r => r.Id).Select(customer =>
            {
                var days = customer.GroupBy(r => r.Day).OrderBy(d => d.Key).Select(d => (d.Key.DayNumber, Spend: d.Sum(r => r.Spend))).ToArray();
                var repeats = days.Skip(1).Where(d => d.Spend > 0).ToArray();
                var history = new PurchaseHistory(
                    days.Length - 1, (days[^1].DayNumber - days[0].DayNumber) / 7.0, (End.DayNumber - days[0].DayNumber) / 7.0);
                return (history, repeats.Length == 0 ? 0 : repeats.Average(r => r.Spend), repeats.Length);
            }),
        ];
    }
}
