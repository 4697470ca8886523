using ClvOrleans.Domain.Customers;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tests.Tracking;

public sealed class PlaceholderIdsTests
{
    [Theory]
    [InlineData("undefined")]
    [InlineData("null")]
    [InlineData("(null)")]
    [InlineData("\"null\"")]
    [InlineData("NaN")]
    [InlineData("None")]
    [InlineData("UNKNOWN")]
    [InlineData("Guest")]
    [InlineData("anonymous")]
    [InlineData("[object Object]")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("{00000000-0000-0000-0000-000000000000}")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("test@test.com")]
    [InlineData(" \t\u00a0")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("{}")]
    [InlineData("--")]
    public void These_stand_for_nobody(string id) => Assert.True(PlaceholderIds.IsPlaceholder(id));

    [Theory]
    [InlineData("1")]
    [InlineData("007")]
    [InlineData("10")]
    [InlineData("guest-4711")]
    [InlineData("anna@test.com")]
    [InlineData("nullable")]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    [InlineData("李")]
    [InlineData("😍")]
    [InlineData("a.b")]
    public void These_are_somebody(string id) => Assert.False(PlaceholderIds.IsPlaceholder(id));

    [Fact]
    public void A_placeholder_beside_a_real_anonymous_id_leaves_the_event_to_the_visitor()
    {
        var read = Sent.Read("""{"type":"page","userId":"undefined","anonymousId":"a1"}""");
        Assert.Equal((CustomerId.OfVisitor(Sent.Store.Id, "a1"), null), (read.Subject, read.Visitor));
        Assert.Equal("placeholder_user_id", Assert.Single(read.Notes).Code);
    }

    [Fact]
    public void A_placeholder_as_anonymous_id_joins_nobody_to_the_user()
    {
        var read = Sent.Read("""{"type":"identify","userId":"anna","anonymousId":"00000000-0000-0000-0000-000000000000"}""");
        Assert.Equal((CustomerId.OfUser(Sent.Store.Id, "anna"), null), (read.Subject, read.Visitor));
        Assert.Equal("placeholder_anonymous_id", Assert.Single(read.Notes).Code);
    }

    [Theory]
    [InlineData("""{"type":"page","userId":"guest"}""", "placeholder_user_id", "userId")]
    [InlineData("""{"type":"page","anonymousId":"null"}""", "missing_user_id", "anonymousId")]
    [InlineData("""{"type":"page","userId":"guest","anonymousId":"guest"}""", "placeholder_user_id", "userId")]
    [InlineData("""{"type":"alias","userId":"anna","previousId":"guest"}""", "placeholder_user_id", "previousId")]
    [InlineData("""{"type":"alias","userId":"guest","previousId":"anna","anonymousId":"a1"}""", "placeholder_user_id", "userId")]
    public void Placeholders_alone_are_refused_by_name(string json, string code, string field)
    {
        var refused = Sent.Refused(json);
        Assert.Equal(code, refused.Code);
        Assert.Contains(field, refused.Message, StringComparison.Ordinal);
    }
}
