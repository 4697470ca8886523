using ClvOrleans.Statistics.Preprocessing;
using ClvOrleans.Training.Learning;
using ClvOrleans.Valuation.Features;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

public sealed class CatalogueRulesTests
{
    [Fact]
    public void A_day_since_a_visit_is_a_small_part_of_a_month_since_it()
    {
        var feature = FeatureCatalogue.All[FeatureCatalogue.IndexOf("daysSinceSeen")];
        var fitted = Preprocessor.Fit(
            [feature.Name], [CatalogueRules.Of(feature, MissingRule.Mean)], [.. Enumerable.Range(0, 366).Select(d => (double)d)]);

        // Of ln(1 + days) the first day is a fifth of the first month, and as much as from the 15th day to the 31st.
        Assert.Equal(Math.Log(31.0 / 30) / Math.Log(2), (At(1) - At(0)) / (At(30) - At(0)), 1e-9);

        double At(double days)
        {
            var prepared = new double[fitted.Width];
            fitted.Apply([days], prepared);
            return prepared[0];
        }
    }
}
