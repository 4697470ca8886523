using ClvOrleans.Training.Learning;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>The models that can be backtested, by name.</summary>
public static class ForecastModels
{
    /// <summary>What the service would put in force.</summary>
    public const string Champion = "champion";

    private const string All = "all";

    private static readonly IForecastModel[] Families =
    [
        new BuyTillYouDie("bg-nbd", "bg-nbd"),
        new BuyTillYouDie("mbg-nbd", "mbg-nbd"),
        new BuyTillYouDie("pareto-nbd", "pareto-nbd"),
        new BuyTillYouDie("mbg-cnbd-k", "mbg-nbd", "mbg-cnbd-k"), // k = 1 is MBG/NBD
    ];

    private static readonly ILearner[] Learners = [new CorrectedValue(), new TwoPartBoosting(), new TweedieBoosting()];
    private static readonly ILearner[] Simple = [LinearRegression.Ordinary, LinearRegression.Penalised, new RfmScore()];

    private static readonly IForecastModel[] Learned =
    [
        .. Simple.Concat(Learners).Select(l => new LearnedModel(l.Name, [l], Families, withExpected: false, fallsBack: false)),
        new LearnedModel(Champion, Learners, Families, withExpected: true, fallsBack: true),
    ];

    /// <summary>Names that can be asked for; the champion is one of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Families.Concat(Learned).Select(f => f.Name)];

    /// <summary>The naive rules, which every table shows: a model that does not beat them has no use.</summary>
    public static IReadOnlyList<IForecastModel> Naive { get; } = [new LastWindowSpend(), new MeanRate(), new AllZero()];

    /// <summary>Whether <see cref="Find"/> knows a name; case does not matter.</summary>
    public static bool IsKnown(string name) => name == All || Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The models of a list of names, and the naive rules after them.</summary>
    /// <param name="names">Names, or <c>all</c>.</param>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public static IReadOnlyList<IForecastModel> Find(IReadOnlyCollection<string> names) => names.FirstOrDefault(n => !IsKnown(n)) is { } unknown
        ? throw new ArgumentException($"There is no model '{unknown}': {All}, {string.Join(", ", Names)} are known.", nameof(names))
        : [.. Families.Concat(Learned).Where(m => names.Contains(All) || names.Contains(m.Name, StringComparer.OrdinalIgnoreCase)), .. Naive];
}
