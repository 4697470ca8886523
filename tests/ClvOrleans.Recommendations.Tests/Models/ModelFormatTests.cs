using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Tests.Models;

/// <summary>Stores keep such bytes: they do not change.</summary>
public sealed class ModelFormatTests
{
    [Fact]
    public void Bytes_are_as_they_were_written_once()
    {
        var bytes = Convert.FromHexString(Golden.Read("recommendation-model.txt"));
        var model = bytes.Length == 0 ? Shops.Train(6, 5) : ModelFormat.Read(bytes);
        Golden.Matches("recommendation-model.txt", Convert.ToHexStringLower(ModelFormat.Write(model)));
    }

    [Fact]
    public void A_model_that_is_read_answers_as_the_one_that_was_written()
    {
        var model = Shops.Train(200, 60);
        var read = ModelFormat.Read(ModelFormat.Write(model));
        Assert.Equal(model.Blend, read.Blend);
        Assert.Equal(model.AssociationKind, read.AssociationKind);
        foreach (var customer in Shops.Customers(20, 60, 9))
        {
            var taste = Taste.Of(customer, model.Decay);
            Assert.Equal(model.Score(taste, RecentWeights.Of(customer), 200), read.Score(taste, RecentWeights.Of(customer), 200));
        }
    }

    [Fact]
    public void The_same_baskets_give_the_same_bytes() =>
        Assert.Equal(ModelFormat.Write(Shops.Train(150, 80)), ModelFormat.Write(Shops.Train(150, 80)));

    [Fact]
    public void Damaged_and_foreign_bytes_are_refused()
    {
        var bytes = ModelFormat.Write(Shops.Train(6, 5));
        Assert.Equal("This is not a recommendation model.", Refused([]));
        Assert.Equal("This is not a recommendation model.", Refused([1, .. bytes[1..]]));
        Assert.Equal("Version 9 of recommendation models is not known; 1 is.", Refused([.. bytes[..4], 9, .. bytes[5..]]));
        Assert.Equal("The recommendation model is damaged: train again.", Refused(bytes[..^1]));
        bytes[40] ^= 1;
        Assert.Equal("The recommendation model is damaged: train again.", Refused(bytes));

        static string Refused(byte[] bytes) => Assert.Throws<InvalidDataException>(() => ModelFormat.Read(bytes)).Message;
    }
}
