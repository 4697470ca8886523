using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Tests.Experiments;

/// <summary>A store with an experiment, its exposures and outcomes.</summary>
internal static class Lab
{
    public static StoreSettings Store { get; } = new() { Id = new StoreId("shop") };

    public static DateTimeOffset Start { get; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static DateOnly Today { get; } = new(2026, 6, 1);

    public static Experiment Definition(Metric primary, params ArmShare[] arms) => new()
    {
        Id = new ExperimentId("mail"),
        Hypothesis = "A mail brings purchases.",
        Arms = arms.Length == 0 ? [new("none", .5), new("mail", .5)] : [.. arms],
        Primary = primary,
        LeastEffect = .01,
    };

    public static ExperimentRecord Running(Experiment definition, long units = 1_000) => new()
    {
        Definition = definition,
        Revision = 2,
        State = ExperimentState.Running,
        Splits = [Allocation.Of(definition.Arms).Ranges],
        Forecast = new ExperimentForecast(units, 10, units, .01, .1, .3, 500, false, null),
        DefinedAt = Start,
        StartedAt = Start,
    };

    public static Exposure Exposure(string unit, string arm, string? customer = null, int split = 0, DateTimeOffset? at = null) => new()
    {
        Subject = "experiment/mail",
        Unit = unit,
        Customer = CustomerId.OfUser(Store.Id, customer ?? unit),
        Arm = arm,
        Split = split,
        At = at ?? Start,
        Until = new DateOnly(2026, 1, 19),
    };

    public static ExposedUnit Unit(Exposure exposure, double spend, double predicted = 0) => new(
        exposure with { Predicted = Cents(predicted) },
        new Outcome
        {
            Subject = exposure.Subject,
            Unit = exposure.Unit,
            Sequence = 1,
            Orders = spend > 0 ? 1 : 0,
            Spend = Cents(spend),
            Margin = Cents(spend),
        });

    public static ExperimentReading Read(ExperimentRecord record, IEnumerable<ExposedUnit> units) =>
        ExperimentReader.Read(record, units, Today, Store);

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static Money Cents(double amount) => Money.Rounded(amount * 100);
}
