using System.Text;
using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Valuation.Tests.Formats;

/// <summary>What was learned is written and read bit for bit: an estimate can be made again years later.</summary>
public sealed class LearnedFormatTests
{
    [Fact]
    public void A_learned_body_is_read_and_written_as_it_was()
    {
        var body = LearnedBody.FromBytes(Encoding.UTF8.GetBytes(Golden.Read("learned-body.json")));

        Assert.Equal(
            [typeof(ExpectedValue), typeof(CorrectedValue), typeof(TwoPartTrees), typeof(TweedieTrees)],
            body.Value.BaseLearners.Select(m => m.Model.GetType()));
        Assert.Equal("bg-nbd-1", body.Lifetime.Id);
        Golden.Matches("learned-body.json", Encoding.UTF8.GetString(body.ToBytes()));
    }
}
