using ClvOrleans.Valuation.Rules;

namespace ClvOrleans.Valuation.Tests.Watches;

/// <summary>What the fields of rules promise of days on which nothing happens.</summary>
public sealed class TimePathTests
{
    public static TheoryData<string> Models => [.. Futures.Models.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_field_that_stays_stays_and_one_that_goes_one_way_never_turns_round(string family)
    {
        var model = Futures.Models[family];
        var random = new Random(11);
        var fields = CustomerRules.For(Futures.Store.Currency).Fields.Where(
            f => f.Expression.Type is RuleType.Number or RuleType.Money or RuleType.Time).ToArray();
        var texts = CustomerRules.For(Futures.Store.Currency).Fields
            .Where(f => f is { Expression.Type: RuleType.Text, Path: TimePath.Still or TimePath.OneWay }).ToArray();
        Assert.Contains(fields, f => f.Path == TimePath.WithAlive);
        Assert.Contains(texts, f => f.Name == "cluster");
        for (var i = 0; i < 12; i++)
        {
            var customer = Futures.Customer(random);
            var days = Enumerable.Range(0, model.FallsInSilence ? 400 : 60)
                .Select(d => Futures.On(Futures.Today.AddDays(d), customer, model)).ToArray();
            foreach (var field in fields)
            {
                var values = days.Select(field.Expression.Quantity).ToArray();
                var steps = values.Zip(
                    values.Skip(1), (a, b) => double.IsNaN(a) || double.IsNaN(b) ? a.Equals(b) ? 0 : double.NaN : Math.Sign(b - a))
                    .Where(s => s != 0).Distinct().ToArray();
                var most = field.Path switch
                {
                    TimePath.Still => 0,
                    TimePath.OneWay => 1,
                    TimePath.WithAlive when model.FallsInSilence => 1,
                    _ => 3,
                };
                Assert.True(steps.Length <= most && (most > 1 || !steps.Any(double.IsNaN)), $"{field.Name}: {string.Join(' ', values)}");
            }

            // A text that is left is never come back to.
            foreach (var field in texts)
            {
                var values = days.Select(field.Expression.Text).ToArray();
                var most = field.Path == TimePath.Still ? 0 : values.Distinct().Count() - 1;
                var moves = values.Zip(values.Skip(1)).Count(p => p.First != p.Second);
                Assert.True(moves <= most, $"{field.Name}: {string.Join(' ', values)}");
            }
        }
    }
}
