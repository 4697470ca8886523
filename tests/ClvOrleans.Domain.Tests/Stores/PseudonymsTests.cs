using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Domain.Tests.Stores;

public sealed class PseudonymsTests
{
    // 00 01 02 ... 1f; the expected values are Python's: hmac.new(key, text, hashlib.sha256).
    private const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static readonly Pseudonyms Known = new(Key);

    [Theory]
    [InlineData("17", "p_2355bc3149b3219b5ad05686dd537713a04164c6")]
    [InlineData("anna@example.com", "p_55de0eb82ec1967ff028ad72f99b58becb44dcb9")]
    [InlineData(" Anna@Example.COM ", "p_55de0eb82ec1967ff028ad72f99b58becb44dcb9")]
    [InlineData("Zoë 東京", "p_8828aecdf2c08db0ea7e1897feff0c0c460e37cb")]
    public void Ids_have_the_pseudonyms_that_the_document_says(string id, string pseudonym) => Assert.Equal(pseudonym, Known.OfId(id));

    [Fact]
    public void Orders_messages_and_groups_of_equal_spelling_are_different()
    {
        Assert.Equal("p_0cb8e0427f8cc228e39332c19ff77b748ba61a9f", Known.OfOrder("1001"));
        Assert.Equal("p_0a308293878cbb5cf91fd9be536248aeb028ecd4", Known.OfMessage("m-1"));
        Assert.Equal("p_2e5d98b9c1c6d62e862257bde2afc3e7c9b5eb94", Known.OfGroup("acme"));
        Assert.Equal(4, new[] { Known.OfId("x"), Known.OfOrder("x"), Known.OfMessage("x"), Known.OfGroup("x") }.Distinct().Count());
    }

    [Fact]
    public void A_pseudonym_is_taken_as_it_is_and_what_only_looks_like_one_is_not()
    {
        var own = Known.OfId("17");
        Assert.Equal(own, Known.OfId(own));
        Assert.Equal(own, Known.OfOrder(own));

        // Of another key, with another tag, in capitals.
        foreach (var other in (string[])[
            new Pseudonyms(Key.Replace('0', 'f')).OfId("17"), $"{own[..^1]}{(own[^1] == '0' ? '1' : '0')}", own.ToUpperInvariant()])
        {
            Assert.NotEqual(other, Known.OfId(other));
            Assert.True(Pseudonyms.HasForm(Known.OfId(other)));
        }
    }

    [Fact]
    public void Ids_that_differ_in_case_are_different_unless_they_are_addresses()
    {
        Assert.NotEqual(Known.OfId("1a"), Known.OfId("1A"));
        Assert.NotEqual(Known.OfId("020235"), Known.OfId("20235"));
    }

    [Fact]
    public void Pseudonyms_are_equal_by_their_key_and_never_show_it()
    {
        Assert.Equal(Known, new Pseudonyms(Key.ToUpperInvariant()));
        Assert.NotEqual(Known, new Pseudonyms(Key.Replace('0', 'f')));
        Assert.Equal(Key, Known.RevealKey());
        Assert.DoesNotContain(Key, $"{new StoreSettings { Id = new StoreId("shop"), Pseudonyms = Known }}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    public void What_is_no_key_is_refused(string key) => Assert.Throws<FormatException>(() => new Pseudonyms(key));

    [Fact]
    public void Stores_that_hash_in_turn_on_several_threads_hash_by_their_own_keys()
    {
        var other = new Pseudonyms(Key.Replace('0', 'f'));
        var (ours, theirs) = (Known.OfId("17"), other.OfId("17"));
        Assert.NotEqual(ours, theirs);
        Parallel.For(0, 2_000, i => Assert.Equal(i % 3 == 0 ? theirs : ours, (i % 3 == 0 ? other : Known).OfId("17")));
    }

    [Fact]
    public void Long_ids_are_hashed_in_full()
    {
        var (a, b) = (new string('é', 2_000) + "a", new string('é', 2_000) + "b");
        Assert.NotEqual(Known.OfMessage(a), Known.OfMessage(b));
        Assert.Equal(Known.OfMessage(a), new Pseudonyms(Key).OfMessage(a));
    }
}
