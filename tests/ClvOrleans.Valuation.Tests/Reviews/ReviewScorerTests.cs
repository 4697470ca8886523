using ClvOrleans.Valuation.Reviews;

namespace ClvOrleans.Valuation.Tests.Reviews;

public sealed class ReviewScorerTests
{
    private static readonly ReviewScorer Scorer = new([100, 300, 500], [0, .5f, 0], ["ok", "bad", "很好"], [0, 2, 0, 4, 0, 0, 0, 0, 3]);

    [Theory]
    [InlineData("BAD", 113, 100)] // Odds e^4, e^.5 and 1: (100 · 54.60 + 300 · 1.65 + 500) / 57.25.
    [InlineData("很好！", 468, 500)] // 1, e^.5 and e^3: (100 + 300 · 1.65 + 500 · 20.09) / 22.73.
    [InlineData("ok", 300, 300)]
    public void The_expected_and_the_most_probable_rating_are_those_of_the_n_grams(string text, int expected, int likeliest) =>
        Assert.Equal((expected, likeliest), Scorer.Score(text));

    [Fact]
    public void Counts_are_scaled_to_length_one_so_that_saying_it_twice_says_no_more()
    {
        Assert.Equal(Scorer.Score("bad"), Scorer.Score("bad, bad and bad"));

        // Two n-grams share the length: each weighs 1 / √2.
        var odds = new[] { Math.Exp(4 / Math.Sqrt(2)), Math.Exp(.5 + (2 / Math.Sqrt(2))), 1 };
        var expected = ((100 * odds[0]) + (300 * odds[1]) + 500) / odds.Sum();
        Assert.Equal((int)Math.Round(expected), Scorer.Score("ok or bad")!.Value.Expected);
    }

    [Fact]
    public void Nothing_is_said_of_words_that_are_not_known() =>
        Assert.All(["", "  ", "???", "\uD83D"], text => Assert.Null(Scorer.Score(text)));

    [Fact]
    public void Text_is_made_small_its_spaces_single_and_cut()
    {
        Assert.Equal(" ein test ", ReviewScorer.Normalise(" EIN\t\r\n\u0001 Test\u3000"));
        Assert.Equal(" ", ReviewScorer.Normalise(" \u007F "));
        Assert.Equal(" \uE04D \uFFFD ", ReviewScorer.Normalise("\U0001F44D \uD83D")); // 0x1F44D is 77 more than 20 times 6,400.
        Assert.Equal(2_002, ReviewScorer.Normalise(new string('x', 9_000)).Length);
    }

    [Fact]
    public void What_is_written_is_read_bit_for_bit_halves_of_surrogate_pairs_included()
    {
        var scorer = new ReviewScorer([100, 500], [.1f, float.Epsilon], ["\uD83D", "a|b", ""], [1, 2, 3, 4, 5, 6]);
        var bytes = scorer.ToBytes();
        Assert.Equal(bytes, ReviewScorer.Open(bytes).ToBytes());
        Assert.Equal(
            "010000000200000064000000CDCCCC3DF40100000100000003000000013DD80"
                + "000803F000000400361007C0062000000404000008040000000A0400000C040",
            Convert.ToHexString(bytes));
    }

    [Fact]
    public void Bytes_of_something_else_are_refused()
    {
        var bytes = Scorer.ToBytes();
        Assert.Throws<InvalidDataException>(() => ReviewScorer.Open(bytes.AsMemory(0, bytes.Length - 1)));
        Assert.Throws<InvalidDataException>(() => ReviewScorer.Open(new byte[] { 2, 0, 0, 0 }));
        Assert.Throws<ArgumentException>(() => new ReviewScorer([100], [0, 0], [], []));
    }

    [Fact]
    public void Threads_get_the_same_ratings_as_one()
    {
        string[] texts = [.. Enumerable.Range(0, 500).Select(i =>
            string.Concat(Enumerable.Range(0, 1 + (i % 7)).Select(j => ((string[])["ok ", "bad ", "很好"])[(i + j) % 3])))];
        var alone = texts.Select(t => Scorer.Score(t)).ToArray();
        var together = new (int, int)?[texts.Length];
        Parallel.For(0, texts.Length, i => together[i] = Scorer.Score(texts[i]));
        Assert.Equal(alone, together);
    }
}
