using ClvOrleans.Valuation.Reviews;

namespace ClvOrleans.Tests;

/// <summary>Reviews of a simulated store in English and Chinese: phrases that go with few or many stars, and those that go with
/// any.</summary>
internal static class SimulatedReviews
{
    private static readonly string[][] English =
    [
        ["broke after a day", "a waste of money", "awful, sent it back", "smells terrible", "very disappointed", "never again"],
        ["does what it should", "average at best", "could be better", "fine for the price", "not bad, not great"],
        ["works perfectly", "love it", "excellent quality", "my favourite", "highly recommended", "so happy with this"],
    ];

    private static readonly string[][] Chinese =
    [
        ["质量太差了", "非常失望", "用了一天就坏了", "浪费钱", "再也不买了", "味道难闻"],
        ["一般般", "还可以吧", "凑合能用", "对得起这个价格", "没有想象中好"],
        ["质量很好", "非常满意", "强烈推荐", "特别喜欢", "下次还会买", "物超所值"],
    ];

    private static readonly string[] EnglishFiller = [
        "bought for my sister", "came on a Tuesday", "the box was blue", "ordered two of them"
    ];
    private static readonly string[] ChineseFiller = ["给妹妹买的", "星期二到货", "包装是蓝色的", "一共买了两件"];

    /// <summary>Draws reviews, one a day; half of them in each language.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="told">Share of phrases that go with the stars; with 0 words say nothing of them.</param>
    /// <param name="from">When the first was written.</param>
    public static RatedReview[] Draw(int count, int seed, double told, DateTimeOffset from)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => One(from.AddDays(i)))];

        RatedReview One(DateTimeOffset at)
        {
            var stars = random.NextDouble() switch { < .2 => 1, < .35 => 3, _ => 5 };
            var (phrases, filler) = random.Next(2) == 0 ? (English, EnglishFiller) : (Chinese, ChineseFiller);
            var said = Enumerable.Range(0, 3).Select(_ =>
            {
                var kind = random.NextDouble() < told ? stars / 2 : random.Next(3);
                return random.Next(3) == 0 ? filler[random.Next(filler.Length)] : phrases[kind][random.Next(phrases[kind].Length)];
            });
            return new RatedReview(at, stars * 100, string.Join(phrases == Chinese ? "，" : ". ", said));
        }
    }
}
