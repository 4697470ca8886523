using ClvOrleans.Domain.Market;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Levels;

namespace ClvOrleans.Training;

/// <summary>The models that can be backtested, by name.</summary>
public static class ForecastModels
{
    /// <summary>What the service would promote.</summary>
    public const string Champion = "champion";

    private const string All = "all";

    private static readonly IForecastModel[] Families =
    [
        new BuyTillYouDie("bg-nbd", "bg-nbd"),
        new BuyTillYouDie("mbg-nbd", "mbg-nbd"),
        new BuyTillYouDie("pareto-nbd", "pareto-nbd"),
        new BuyTillYouDie("mbg-cnbd-k", "mbg-nbd", "mbg-cnbd-k"), // k = 1 is MBG/NBD
        new WithCovariates("mbg-nbd"),
    ];

    // What a store's training may promote besides these, whose rows would repeat those of the others; and what knows no customers.
    private static readonly IForecastModel[] OnlyByName =
    [
        new BuyTillYouDie("bg-cnbd-k", "bg-nbd", "bg-cnbd-k"),
        new BuyTillYouDie("ggom-nbd", "ggom-nbd"),
        new CorrelatedValue("mbg-nbd"),
        new LevelModel(),
    ];

    // Where there is a market to follow.
    private static readonly IForecastModel[] MarketFamilies =
    [
        new MarketFollower("bg-nbd"),
        new MarketFollower("mbg-nbd"),
    ];

    private static readonly IForecastModel Classical = new ClassicalValue();
    private static readonly ILearner[] Learners = [new CorrectedRegression(), new TwoPartBoosting(), new TweedieBoosting()];
    private static readonly ILearner[] Simple = [LinearRegression.Ordinary, LinearRegression.Penalised, new RfmScores()];

    private static readonly ILearner[] Nets =
    [
        NetworkRegression.Perceptron, NetworkRegression.PerceptronLognormal, NetworkRegression.Convolutional, NetworkRegression.Recurrent,
    ];

    /// <summary>Learns the ensemble that is the champion.</summary>
    internal static Stacking Stacked { get; } = new(Learners, withExpected: true, isLenient: true)
    {
        WhereTheyBrowse = [NetworkRegression.PerceptronLognormal, NetworkRegression.Convolutional, NetworkRegression.Recurrent],
    };

    /// <summary>Names that can be asked for; the champion is one of them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Families.Concat(OnlyByName).Concat(MarketFamilies).Append(Classical).Concat(Learned(Families)).Select(f => f.Name)];

    /// <summary>The naive rules, which every table shows: a model that does not beat them has no use.</summary>
    public static IReadOnlyList<IForecastModel> Naive { get; } = [new LastWindowSpend(), new MeanRate(), new AllZero()];

    /// <summary>The models of a list of names, and after them the naive rules that every total is to be compared with.</summary>
    /// <inheritdoc cref="Find" path="/param|/exception" />
    public static IReadOnlyList<IForecastModel> Rolled(IReadOnlyCollection<string> names, MarketCalendar? market = null) =>
        [.. Find(names, market).Except(Naive), new LastWindowSpend(), new SameSeasonSpend()];

    /// <summary>Whether <see cref="Find"/> knows a name; case does not matter.</summary>
    public static bool IsKnown(string name) => name == All || Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The models of a list of names, and the naive rules after them.</summary>
    /// <param name="names">Names, or <c>all</c>.</param>
    /// <param name="market">The store's calendar: without entries, models that follow the market belong neither to all nor to the
    /// champion.</param>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public static IReadOnlyList<IForecastModel> Find(IReadOnlyCollection<string> names, MarketCalendar? market = null)
    {
        if (names.FirstOrDefault(n => !IsKnown(n)) is { } unknown)
        {
            throw new ArgumentException($"There is no model '{unknown}': {All}, {string.Join(", ", Names)} are known.", nameof(names));
        }

        var candidates = Candidates(market);
        IForecastModel[] all = [.. candidates, Classical, .. Learned(candidates)];
        IForecastModel[] known = [.. all, .. OnlyByName, .. MarketFamilies.Except(candidates)];
        return [.. names.Contains(All) ? all.Union(known.Where(IsAsked)) : known.Where(IsAsked), .. Naive];

        bool IsAsked(IForecastModel model) => names.Contains(model.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The buy-till-you-die models of which one is the base of an ensemble, or is promoted itself.</summary>
    /// <param name="market">The store's calendar: without entries, models that follow the market do not belong.</param>
    internal static IReadOnlyList<IForecastModel> Baseline(MarketCalendar market) => Baseline(Candidates(market));

    private static IForecastModel[] Candidates(MarketCalendar? market) =>
        market is { Entries.Count: > 0 } ? [.. Families, .. MarketFamilies] : Families;

    // Promoted versions have no covariates of customers.
    private static IForecastModel[] Baseline(IForecastModel[] candidates) => [.. candidates.Where(c => c is not WithCovariates)];

    // One base model gives probabilities and intervals: it is chosen among the candidates.
    private static IForecastModel[] Learned(IForecastModel[] candidates) =>
    [
        .. Simple.Concat(Learners).Concat(Nets).Select(
            l => new LearnedModel(l.Name, new Stacking([l], withExpected: false, isLenient: false), candidates, isChallenged: false)),
        new LearnedModel(Champion, Stacked, Baseline(candidates), isChallenged: true),
    ];
}
