using System.Text;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Tests.Tracking;

/// <summary>Consents as consent managers, the API's events and providers of e-mail send them.</summary>
public sealed class ConsentTests
{
    private static readonly StoreSettings Store = Sent.Store with
    {
        ConsentCategories = Sent.Store.ConsentCategories
            .Add("Advertising", ["profiling", "audience"]).Add("Personalisation", ["profiling"]).Add("C0004", ["email"]),
    };

    [Theory]
    [InlineData("{\"Advertising\":true,\"Personalisation\":true}", "audience+ profiling+")]
    [InlineData("{\"Advertising\":true,\"Personalisation\":false}", "audience+ profiling-")]
    [InlineData("{\"C0004\":true}", "email+")]
    [InlineData("{\"C0004\":\"yes\"}", null)]
    [InlineData("{}", "audience- email- profiling-")]
    public void Segments_categories_are_read_by_the_stores_meanings(string preferences, string? consents) =>
        Assert.Equal(consents, Shown(Read("Product Viewed", "{}", $$"""{"consent":{"categoryPreferences": {{preferences}} } }""")));

    [Theory]
    [InlineData("{\"allowedConsentIds\":[\"C0004\"],\"deniedConsentIds\":[\"Advertising\"]}", "audience- email+ profiling-")]
    [InlineData("{\"allowedConsentIds\":[],\"deniedConsentIds\":[],\"provider\":\"oneTrust\"}", null)]
    [InlineData("{}", null)]
    public void RudderStacks_lists_are_read_by_the_stores_meanings(string management, string? consents) =>
        Assert.Equal(consents, Shown(Read("Product Viewed", "{}", $$"""{"consentManagement": {{management}} }""")));

    [Fact]
    public void An_event_without_consents_says_nothing() => Assert.Null(Read("Product Viewed", "{}", "{}").Event.Consents);

    [Fact]
    public void The_consents_of_a_batch_are_those_of_its_events()
    {
        const string Context = ""","context":{"consent":{"categoryPreferences":{"C0004":false}}}""";
        var batch = ReceivedBatch.Read(
            Encoding.UTF8.GetBytes($$"""{"batch":[{"type":"page","userId":"u"}] {{Context}} }"""), null);
        var read = EventReader.Read(batch.Events[0], batch, Store, "web", Sent.Noon, () => "made");
        Assert.Equal("email-", Shown(read));
    }

    [Fact]
    public void A_changed_preference_is_no_activity()
    {
        var read = Read("Segment Consent Preference Updated", "{}", """{"consent":{"categoryPreferences":{"C0004":true}}}""");
        Assert.Equal((EventKind.ConsentChanged, true, "email+"), (read.Event.Kind, read.Event.IsFact, Shown(read)));
    }

    [Fact]
    public void A_category_without_a_meaning_is_noted_where_others_have_one()
    {
        const string Context = """{"consent":{"categoryPreferences":{"Other":true,"C0004":true}}}""";
        var read = Read("Product Viewed", "{}", Context);
        Assert.Equal("email+", Shown(read));
        Assert.Equal("unknown_consent_category", Assert.Single(read.Notes).Code);
        Assert.Empty(Read("Product Viewed", "{}", Context, Sent.Store).Notes);
    }

    [Theory]
    [InlineData("{\"email\":true,\"email/news\":false}", "email+ email/news-", 0)]
    [InlineData("{\"E-Mail\":true}", null, 1)]
    [InlineData("{\"email\":\"true\"}", null, 1)]
    public void Purposes_are_named_by_an_event_of_their_own(string consents, string? said, int notes)
    {
        var read = Read("Consent Changed", $$"""{"consents": {{consents}} }""", "{}");
        Assert.Equal((said, notes), (Shown(read), read.Notes.Count));
    }

    [Theory]
    [InlineData("Unsubscribed", "{}", "email-")]
    [InlineData("Unsubscribed", "{\"channel\":\"sms\"}", "sms-")]
    [InlineData("Unsubscribed", "{\"topic\":\"news\"}", "email/news-")]
    [InlineData("Unsubscribed", "{\"topic\":\"No topic\"}", "email-")]
    [InlineData("Email Marked as Spam", "{\"topic\":\"news\"}", "email-")]
    [InlineData("Email Bounced", "{}", null)]
    public void Who_unsubscribes_or_complains_consents_no_more(string name, string properties, string? said) =>
        Assert.Equal(said, Shown(Read(name, properties, "{}")));

    [Theory]
    [InlineData("Email Sent", "{}", EventKind.MessageSent, null)]
    [InlineData("email delivered", "{}", EventKind.MessageDelivered, null)]
    [InlineData("Email Opened", "{}", EventKind.MessageOpened, null)]
    [InlineData("Email Link Clicked", "{}", EventKind.MessageClicked, null)]
    [InlineData("Email Bounced", "{}", EventKind.MessageBounced, BounceKind.Soft)]
    [InlineData("Email Bounced", "{\"bounce_type\":\"hard\"}", EventKind.MessageBounced, BounceKind.Hard)]
    [InlineData("Email Bounced", "{\"type\":\"HardBounce\"}", EventKind.MessageBounced, BounceKind.Hard)]
    [InlineData("Email Bounced", "{\"bounce_type\":\"Permanent\"}", EventKind.MessageBounced, BounceKind.Hard)]
    [InlineData("Email Marked as Spam", "{}", EventKind.MessageComplained, null)]
    [InlineData("Unsubscribed", "{}", EventKind.Unsubscribed, null)]
    public void Outcomes_of_messages_are_known_by_the_names_of_the_specification(
        string name, string properties, EventKind kind, BounceKind? bounce)
    {
        var e = Read(name, properties, """{"traits":{"email":"Anna@B.example"}}""").Event;
        Assert.Equal((kind, new MessageFacts("email", null, "anna@b.example", bounce)), (e.Kind, e.Message));
    }

    [Fact]
    public void A_message_names_its_channel_its_delivery_and_whether_a_machine_opened_it() => Assert.Equal(
        new MessageFacts("sms", "d1", "+49 1", null, IsMachine: true),
        Sent.Track("Message Opened", """{"channel":"SMS","delivery_id":"d1","address":"+49 1","machine":true}""").Event.Message);

    [Theory]
    [InlineData("List Joined", EventKind.ListJoined)]
    [InlineData("List Left", EventKind.ListLeft)]
    public void Lists_are_joined_and_left(string name, EventKind kind)
    {
        var e = Sent.Track(name, """{"list_id":"vip"}""").Event;
        Assert.Equal((kind, "vip"), (e.Kind, e.Subject));
    }

    private static ReadEvent Read(string name, string properties, string context, StoreSettings? store = null)
    {
        var body = $$"""{"batch":[{"type":"track","event":"{{name}}","userId":"u","properties":{{properties}},"context": {{context}} }]}""";
        var batch = ReceivedBatch.Read(Encoding.UTF8.GetBytes(body), null);
        return EventReader.Read(batch.Events[0], batch, store ?? Store, "web", Sent.Noon, () => "made");
    }

    private static string? Shown(ReadEvent read) =>
        read.Event.Consents is { } consents ? string.Join(' ', consents.Select(c => c.Key + (c.Value ? '+' : '-'))) : null;
}
