using ClvOrleans.Domain.Events;

namespace ClvOrleans.Recommendations.Baskets;

/// <summary>
/// The products that a visitor or customer was last interested in: the latest fact of each of the last <see cref="Most"/> products. A
/// function of the set of events, in whatever order they come.
/// </summary>
public sealed class RecentItems
{
    /// <summary>How many products are kept.</summary>
    public const int Most = 30;

    private readonly List<RecentItem> _items = [];

    /// <summary>The latest first; of one second in order of product id.</summary>
    public IReadOnlyList<RecentItem> Items => _items;

    /// <summary>Takes in one fact: of a product the latest stands, and of one second the strongest.</summary>
    public void Add(RecentItem item)
    {
        var known = _items.FindIndex(i => i.Product == item.Product);
        if (known >= 0)
        {
            if ((_items[known].At, _items[known].Interest).CompareTo((item.At, item.Interest)) >= 0)
            {
                return;
            }

            _items.RemoveAt(known);
        }

        var place = _items.FindIndex(i => i.At < item.At || (i.At == item.At && string.CompareOrdinal(i.Product, item.Product) > 0));
        _items.Insert(place < 0 ? _items.Count : place, item);
        if (_items.Count > Most)
        {
            _items.RemoveAt(Most);
        }
    }

    /// <summary>Takes in the products of an event, if it shows interest in them.</summary>
    public void Add(CustomerEvent e)
    {
        if (InterestOf(e.Kind) is { } interest)
        {
            foreach (var line in e.Products)
            {
                if (line.ProductId is { } product)
                {
                    Add(new RecentItem(product, e.At.ToUnixTimeSeconds(), interest));
                }
            }
        }
    }

    private static Interest? InterestOf(EventKind kind) => kind switch
    {
        EventKind.ProductViewed or EventKind.ProductClicked => Interest.Viewed,
        EventKind.ProductRemoved => Interest.Removed,
        EventKind.WishlistAdded => Interest.Wished,
        EventKind.ProductAdded or EventKind.WishlistMovedToCart => Interest.InCart,
        _ => null,
    };
}
