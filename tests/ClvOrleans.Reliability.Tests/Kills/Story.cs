using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClvOrleans.Reliability.Tests.Kills;

/// <summary>
/// What the customers of a shop do, of many kinds and in no order: each person has a user id, two older user ids and three visitors, and
/// an order may come under any of them, more than once, before they are joined.
/// </summary>
internal sealed class Story
{
    public const int Persons = 30;
    private const int Visitors = 3;
    private const int OlderIds = 2;
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ConcurrentDictionary<int, List<string>> _orders = new();
    private readonly ConcurrentDictionary<string, TestEvent> _told = new();
    private int _count;

    /// <summary>All events that were told, by message id.</summary>
    public IReadOnlyDictionary<string, TestEvent> Told => _told;

    public static string User(int person) => $"u{person}";

    /// <summary>The next event of anyone.</summary>
    public TestEvent Next(Random random)
    {
        var n = Interlocked.Increment(ref _count);
        var person = random.NextDouble() < .4 ? random.Next(3) : random.Next(Persons);
        var at = Start.AddMilliseconds((random.Next(299) * 86_400_000L) + random.Next(86_400_000));
        var json = new JsonObject();
        Name(json, person, random);
        var draft = new TestEvent($"m{n}", at, Happening.Viewed, person, "");
        return Tell(
            random.NextDouble() switch
            {
                < .40 => Complete(draft, json, n, random),
                < .55 => Amend(draft, json, random),
                < .565 => Join(draft, json, "alias", random),
                < .63 => Join(draft, json, "identify", random),
                < .70 => Page(draft, json, random),
                _ => View(draft, json, random),
            },
            json);
    }

    /// <summary>A look of each person at something, under their user id.</summary>
    public IReadOnlyList<TestEvent> Looks()
    {
        var n = Interlocked.Increment(ref _count);
        return
        [
            .. from person in Enumerable.Range(0, Persons)
               let json = new JsonObject { ["userId"] = User(person) }
               select Tell(View(new TestEvent($"look{n}-{person}", Start.AddDays(299), Happening.Viewed, person, ""), json, new Random(n)), json),
        ];
    }

    /// <summary>Events that join every person's ids, whatever was joined before.</summary>
    public IReadOnlyList<TestEvent> Joined() =>
    [
        .. from person in Enumerable.Range(0, Persons)
           from id in Enumerable.Range(0, Visitors).Select(v => $"v{person}_{v}")
               .Concat(Enumerable.Range(0, OlderIds).Select(o => $"old{person}_{o}"))
           let json = new JsonObject { ["userId"] = User(person), [id[0] == 'v' ? "anonymousId" : "previousId"] = id }
           select Tell(
               new TestEvent($"join-{id}", Start.AddDays(300), id[0] == 'v' ? Happening.Identified : Happening.Aliased, person, ""),
               With(json, "type", id[0] == 'v' ? "identify" : "alias")),
    ];

    private static void Name(JsonObject json, int person, Random random)
    {
        var which = random.NextDouble();
        if (which is < .6 or (>= .75 and < .9))
        {
            json["userId"] = User(person);
        }

        if (which is >= .6 and < .9)
        {
            json["anonymousId"] = $"v{person}_{random.Next(Visitors)}";
        }

        if (which >= .9)
        {
            json["userId"] = $"old{person}_{random.Next(OlderIds)}";
        }
    }

    private TestEvent Complete(TestEvent draft, JsonObject json, int n, Random random)
    {
        var orders = _orders.GetOrAdd(draft.Person, _ => []);
        string order;
        lock (orders)
        {
            order = orders.Count > 0 && random.NextDouble() < .15 ? orders[random.Next(orders.Count)] : $"o{draft.Person}-{n}";
            orders.Add(order);
        }

        var cents = random.Next(100, 100_000);
        var properties = new JsonObject { ["order_id"] = order };
        Value(properties, cents, random);
        Track(json, "Order Completed", properties);
        return draft with { What = Happening.Completed, Order = order, Buyer = draft.Person, Cents = cents };
    }

    // The same value in the ways that shops give it.
    private static void Value(JsonObject properties, int cents, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                (properties["total"], properties["shipping"], properties["tax"]) = (Major(cents + 590), 4.9m, 1m);
                break;
            case 1:
                properties["revenue"] = Major(cents).ToString(CultureInfo.InvariantCulture);
                break;
            case 2:
                properties["products"] = new JsonArray(
                    new JsonObject
                    {
                        ["product_id"] = "p1",
                        ["price"] = Major(cents - (cents / 3 * 2)),
                        ["quantity"] = 1,
                        ["category"] = "c1",
                    },
                    new JsonObject { ["product_id"] = "p2", ["price"] = Major(cents / 3), ["quantity"] = 2, ["category"] = "c2" });
                break;
            default:
                properties["revenue"] = Major(cents);
                break;
        }
    }

    // Also of orders that have not come yet, and one in five by someone else.
    private TestEvent Amend(TestEvent draft, JsonObject json, Random random)
    {
        var orders = _orders.GetOrAdd(draft.Person, _ => []);
        string order;
        lock (orders)
        {
            if (orders.Count == 0)
            {
                return View(draft, json, random);
            }

            order = orders[random.Next(orders.Count)];
        }

        var properties = new JsonObject { ["order_id"] = order };
        var (what, name, member) = random.Next(10) switch
        {
            < 5 => (Happening.Refunded, "Order Refunded", "amount"),
            < 9 => (Happening.Updated, "Order Updated", "revenue"),
            _ => (Happening.Cancelled, "Order Cancelled", null),
        };
        long? cents = member is not null && random.NextDouble() < .8 ? random.Next(1, 60_000) : null;
        if (cents is { } given)
        {
            properties[member!] = Major(given);
        }

        var person = draft.Person;
        if (random.NextDouble() < .2)
        {
            json.Remove("anonymousId");
            person = random.Next(Persons);
            json["userId"] = User(person);
        }

        Track(json, name, properties);
        return draft with { What = what, Person = person, Order = order, Buyer = draft.Person, Cents = cents };
    }

    private static TestEvent Join(TestEvent draft, JsonObject json, string type, Random random)
    {
        json.Remove("anonymousId");
        (json["type"], json["userId"]) = (type, User(draft.Person));
        if (type == "alias")
        {
            json["previousId"] = $"old{draft.Person}_{random.Next(OlderIds)}";
            return draft with { What = Happening.Aliased };
        }

        json["anonymousId"] = $"v{draft.Person}_{random.Next(Visitors)}";
        json["traits"] = new JsonObject { ["plan"] = draft.Id };
        return draft with { What = Happening.Identified, Plan = draft.Id };
    }

    private static TestEvent Page(TestEvent draft, JsonObject json, Random random)
    {
        (json["type"], json["name"], json["properties"]) = ("page", "Home", new JsonObject { ["duration"] = random.Next(1, 100) });
        return draft with { What = Happening.Paged };
    }

    private static TestEvent View(TestEvent draft, JsonObject json, Random random)
    {
        Track(json, "Product Viewed", new JsonObject { ["product_id"] = $"p{random.Next(50)}", ["category"] = $"c{random.Next(7)}" });
        return draft with { What = Happening.Viewed };
    }

    private static void Track(JsonObject json, string name, JsonObject properties) =>
        (json["type"], json["event"], json["properties"]) = ("track", name, properties);

    private static JsonObject With(JsonObject json, string name, string value)
    {
        json[name] = value;
        return json;
    }

    private static decimal Major(long cents) => cents / 100m;

    private TestEvent Tell(TestEvent e, JsonObject json)
    {
        json["messageId"] = e.Id;
        json["timestamp"] = e.At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return _told[e.Id] = e with { Json = json.ToJsonString(JsonSerializerOptions.Default) };
    }
}
