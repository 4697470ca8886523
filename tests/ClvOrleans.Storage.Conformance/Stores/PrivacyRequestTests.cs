using System.Text;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary><see cref="IPrivacyRequests"/>: no request is lost, and none is kept twice.</summary>
public class PrivacyRequestTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task A_request_comes_back_as_it_was_kept()
    {
        PrivacyRequest[] requests =
        [
            .. Enum.GetValues<PrivacyRequestKind>().Select(kind => Sample.Request($"m-{kind}", payload: """{"name":"Zoë"}""") with
            {
                Kind = kind,
                Customer = kind == PrivacyRequestKind.ShopErasure ? null : "anna@example.com",
                ReceivedAt = Sample.Time.AddMilliseconds(1),
            }),
        ];
        foreach (var request in requests)
        {
            Assert.True(await Store.Requests.AddAsync(request));
        }

        await ReopenAsync();
        var kept = await Store.Requests.ListAsync(Shop, 0, 10);
        Assert.Equal(requests.Select(WithoutPayload), kept.Select(WithoutPayload));
        Assert.All(kept, r => Assert.Equal("""{"name":"Zoë"}""", Encoding.UTF8.GetString(r.Payload.Span)));
    }

    [Fact]
    public async Task A_request_that_is_done_says_no_more_whose_it_was_and_others_wait()
    {
        await Store.Requests.AddAsync(Sample.Request("m1", customer: "anna", payload: "[1]"));
        await Store.Requests.AddAsync(Sample.Request("m2", customer: "bea", payload: "[2]"));
        await Store.Requests.CompleteAsync(Shop, PrivacyRequestKind.CustomerErasure, ["anna", "none"], Sample.Time);
        await Store.Requests.CompleteAsync(Other, PrivacyRequestKind.CustomerErasure, ["bea"], Sample.Time);
        await Store.Requests.CompleteAsync(Shop, PrivacyRequestKind.CustomerData, ["bea"], Sample.Time);
        Assert.Equal(
            [("{}", null, Sample.Time), ("[2]", "bea", null)],
            (await Store.Requests.ListAsync(Shop, 0, 10)).Select(r => (Encoding.UTF8.GetString(r.Payload.Span), r.Customer, r.DoneAt)));
    }

    [Fact]
    public async Task A_repeated_request_is_kept_once_as_it_came_first()
    {
        Assert.True(await Store.Requests.AddAsync(Sample.Request("m1", customer: "anna")));
        Assert.False(await Store.Requests.AddAsync(Sample.Request("m1", customer: "anna")));
        await ReopenAsync();
        Assert.False(await Store.Requests.AddAsync(Sample.Request("m1", customer: "bea", payload: "[]")));

        var kept = Assert.Single(await Store.Requests.ListAsync(Shop, 0, 10));
        Assert.Equal(("anna", "{}"), (kept.Customer, Encoding.UTF8.GetString(kept.Payload.Span)));
    }

    [Fact]
    public async Task Of_a_request_that_comes_several_times_at_once_one_is_kept()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Store.Requests.AddAsync(Sample.Request("m1")))));
        Assert.Single(added, true);
        Assert.Single(await Store.Requests.ListAsync(Shop, 0, 10));
    }

    [Fact]
    public async Task Requests_of_different_stores_and_sources_are_different_though_their_messages_have_one_id()
    {
        Assert.True(await Store.Requests.AddAsync(Sample.Request("m1")));
        Assert.True(await Store.Requests.AddAsync(Sample.Request("m1", source: "shopify-2")));
        Assert.True(await Store.Requests.AddAsync(Sample.Request("m1", store: Other)));

        Assert.Equal(["shopify", "shopify-2"], (await Store.Requests.ListAsync(Shop, 0, 10)).Select(r => r.Source));
        Assert.Equal(Other, Assert.Single(await Store.Requests.ListAsync(Other, 0, 10)).Store);
    }

    [Fact]
    public async Task Requests_are_listed_page_by_page_from_the_oldest_on()
    {
        for (var i = 0; i < 7; i++)
        {
            await Store.Requests.AddAsync(Sample.Request($"m{i}"));
            await Store.Requests.AddAsync(Sample.Request($"m{i}", store: Other));
            await Store.Requests.AddAsync(Sample.Request($"m{i}"));
        }

        var pages = new List<string>();
        for (var after = 0L; await Store.Requests.ListAsync(Shop, after, 3) is { Count: > 0 } page; after = page[^1].Id)
        {
            Assert.Equal(page.Select(r => r.Id).Distinct().Order(), page.Select(r => r.Id));
            pages.Add(string.Join(' ', page.Select(r => r.MessageId)));
        }

        Assert.Equal(["m0 m1 m2", "m3 m4 m5", "m6"], pages);
    }

    private static PrivacyRequest WithoutPayload(PrivacyRequest request) => request with { Id = 0, Payload = default };
}
