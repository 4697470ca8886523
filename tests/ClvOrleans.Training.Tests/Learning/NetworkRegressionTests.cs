using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Training.Learning;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Features;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

public sealed class NetworkRegressionTests
{
    private const int Count = 3_000;
    private const int Known = 10;
    private static readonly int Width = FeatureCatalogue.All.Length;
    private static readonly DateOnly Monday = new(2024, 1, 1);
    private static readonly NetworkRegression[] All =
    [
        NetworkRegression.Perceptron, NetworkRegression.PerceptronLognormal, NetworkRegression.Convolutional, NetworkRegression.Recurrent,
    ];

    public static TheoryData<string> Names => [.. All.Select(l => l.Name)];

    // Those buy again of whom either the one or the other feature is high, but not both: no straight line tells.
    private static readonly Func<int, double[], double> EitherOr = (i, x) => x[3] > .5 == x[7] > .5 ? 0 : 2_000;

    [Theory]
    [MemberData(nameof(Names))]
    public void What_no_straight_line_tells_is_found(string name)
    {
        var (rows, others) = (Rows(1, EitherOr), Rows(2, EitherOr, luck: 0));
        var errors = ErrorsOf(Learner(name).Fit(rows, 1), others);

        Assert.True(errors.Learned < errors.Constant / 2, $"{errors}");
        Assert.True(errors.Learned < ErrorsOf(LinearRegression.Penalised.Fit(rows, 1), others).Learned / 2, $"{errors}");
    }

    [Theory]
    [InlineData("cnn")]
    [InlineData("gru")]
    public void What_only_the_order_of_weeks_tells_is_found_by_those_who_read_it(string name)
    {
        // Searching in the week before the cart, or in the one after it: the same counts, and features that say nothing of it.
        Func<int, double[], double> value = (i, _) => SearchesFirst(i) ? 3_000 : 0;
        var (rows, others) = (Rows(1, value, Sequence), Rows(2, value, Sequence, luck: 0));
        var errors = ErrorsOf(Learner(name).Fit(rows, 1), others);

        Assert.True(errors.Learned < errors.Constant / 2, $"{errors}");
        Assert.True(ErrorsOf(LinearRegression.Penalised.Fit(rows, 1), others).Learned > errors.Constant * .95);
        Refused("no network was better", () => NetworkRegression.PerceptronLognormal.Fit(rows, 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_rows_and_seed_give_the_same_bytes(string name)
    {
        var rows = Rows(1, EitherOr, Sequence).Only([.. Enumerable.Range(0, 2_000)]);
        var (one, again) = (Fit(1), Fit(1));

        Assert.Equal(one.Bytes, again.Bytes);
        Assert.Equal(one.Curve.Epochs, again.Curve.Epochs);
        Assert.NotEqual(one.Bytes, Fit(2).Bytes);

        NetworkValue Fit(int seed) => Assert.IsType<NetworkValue>(Learner(name).Fit(rows, seed));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Where_there_is_nothing_to_learn_it_says_so(string name)
    {
        Refused("no network was better", Rows(1, (i, _) => new Noise(9).Symmetric<double>(i) > 0 ? 100 : 0));
        Refused("nothing was bought", Rows(1, (_, _) => 0));
        Refused("all targets", Rows(1, (_, _) => 500, luck: 0));
        Refused("at least 200 are needed", Rows(1, EitherOr).Only([.. Enumerable.Range(0, 150)]));

        void Refused(string reason, LearningRows rows) => NetworkRegressionTests.Refused(reason, () => Learner(name).Fit(rows, 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_customer_with_nearly_all_the_revenue_and_columns_without_a_number_leave_values_sane(string name)
    {
        var rows = Rows(1, (i, x) => i == 77 ? 1e12 : EitherOr(i, x));
        for (var i = 0; i < rows.Count; i++)
        {
            (rows.Features[i * Width], rows.Features[(i * Width) + 1], rows.Features[(i * Width) + 2]) =
                (double.NaN, 5, i % 2 == 0 ? double.NaN : i);
        }

        ILearned learned;
        try
        {
            learned = Learner(name).Fit(rows, 1);
        }
        catch (FitException e)
        {
            Assert.Contains("no network was better", e.Message, StringComparison.Ordinal);
            return;
        }

        double[] strange = [
            .. Enumerable.Range(0, Width)
                .Select(j => (j % 4) switch { 0 => double.NaN, 1 => 1e300, 2 => -1e300, _ => double.PositiveInfinity })
        ];
        Assert.All(Enumerable.Range(0, rows.Count), i => Assert.InRange(learned.Predict(rows[i]), 0, 1e12));
        Assert.InRange(learned.Predict(new FeatureRow(strange, rows.Customers[0].Customer, Monday)), 0, 1e12);
    }

    [Fact]
    public void Of_more_rows_than_it_may_keep_it_draws_some_by_the_seed()
    {
        var learner = new NetworkRegression("few") { MostRows = 1_000 };
        var rows = Rows(1, EitherOr);
        var drawn = Assert.IsType<NetworkValue>(learner.Fit(rows, 1));

        Assert.Equal(1_000, drawn.Curve.Rows);
        Assert.Equal(drawn.Bytes, Assert.IsType<NetworkValue>(learner.Fit(rows, 1)).Bytes);
        Assert.StartsWith("1,000 rows, epoch ", drawn.Curve.ToString(), StringComparison.Ordinal);
    }

    private static NetworkRegression Learner(string name) => All.Single(l => l.Name == name);

    private static void Refused(string reason, Action fit) =>
        Assert.Contains(reason, Assert.Throws<FitException>(fit).Message, StringComparison.Ordinal);

    private static (double Learned, double Constant) ErrorsOf(ILearned learned, LearningRows rows)
    {
        var mean = rows.Values.Average();
        return (
            Enumerable.Range(0, rows.Count).Average(i => Math.Pow(rows.Values[i] - learned.Predict(rows[i]), 2)),
            rows.Values.Average(v => Math.Pow(v - mean, 2)));
    }

    private static bool SearchesFirst(int i) => new Noise(5).Symmetric<double>(i) > 0;

    private static LearningRows Rows(
        int seed, Func<int, double[], double> value, Func<int, CustomerSummary>? customer = null, double luck = .5)
    {
        var (features, customers, values) = (new double[Count * Width], new (CustomerSummary, DateOnly)[Count], new double[Count]);
        for (var i = 0; i < Count; i++)
        {
            var noise = new Noise((ulong)seed).Part(i);
            double[] row = [.. Enumerable.Range(0, Width).Select(j => j < Known ? (noise.Symmetric<double>(j) + 1) / 2 : 0)];
            row.CopyTo(features, i * Width);
            var number = (seed * Count) + i;
            customers[i] = (customer?.Invoke(number) ?? Bought(number), Monday.AddDays(371));
            values[i] = value(number, row) * Math.Exp(luck * (noise.Part(0).Symmetric<double>(0) + noise.Part(0).Symmetric<double>(1)));
        }

        return new LearningRows(features, customers, values);
    }

    private static CustomerSummary Bought(int number) => new()
    {
        PurchaseDays = [new PurchaseDay(Monday.AddDays(number % 90), 1, new(1_000 + number), new(1_000 + number), new(400))],
    };

    // A cart in some week of the year, and the search in the week before or after it.
    private static CustomerSummary Sequence(int number)
    {
        var cart = 2 + (number % 40);
        var search = SearchesFirst(number) ? cart - 1 : cart + 1;
        var weeks = new[] { (Week: cart, Kind: EventKind.ProductAdded), (Week: search, Kind: EventKind.ProductsSearched) };
        return Bought(number) with
        {
            Weeks =
            [
                .. weeks.OrderBy(w => w.Week).Select(w => new ActiveWeek(
                    Monday.AddDays(7 * w.Week), 1, 1, Counts: KindCounts.Of(new Dictionary<EventKind, int> { [w.Kind] = 3 }))),
            ],
        };
    }
}
