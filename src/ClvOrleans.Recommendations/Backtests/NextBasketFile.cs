using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Backtests;

/// <summary>
/// Reads the two files of a published split of next-basket recommendation (as of "A Next Basket Recommendation Reality Check"): JSON
/// objects from customer to baskets of product numbers, plain or gzip, each with <c>[-1]</c> at both ends. Days are not known: a basket's
/// place is its day.
/// </summary>
public static class NextBasketFile
{
    private const int End = -1;

    /// <summary>Reads both. <exception cref="InvalidDataException">They are no such files; the message says why.</exception></summary>
    /// <param name="history">Baskets that models may see.</param>
    /// <param name="next">The next basket of each customer.</param>
    public static (Catalogue Catalogue, BacktestCustomer[] Customers) Read(string history, string next)
    {
        var (before, after) = (ReadOne(history), ReadOne(next));
        var ids = before.Values.Concat(after.Values).SelectMany(b => b).SelectMany(b => b).Distinct();
        var catalogue = Catalogue.Of(ids.Select(i => new CatalogueProduct(IdOf(i))));
        var customers = before.Where(c => c.Value.Length > 0).Select(c => new BacktestCustomer(
            new(Enumerable.Range(0, c.Value.Length).ToArray(), [.. c.Value.Select(Numbers)]), NextOf(c.Key), c.Value.Length));
        return (catalogue, [.. customers]);

        int[] Numbers(int[] basket) => [.. basket.Distinct().Select(i => catalogue.NumberOf(IdOf(i)))];
        HashSet<int> NextOf(string customer) => after.TryGetValue(customer, out var baskets) && baskets.Length == 1
            ? [.. Numbers(baskets[0])]
            : throw new InvalidDataException($"{next}: customer {customer} of {history} does not have exactly one basket.");
    }

    // Ids in order of text are then in order of number.
    private static string IdOf(int product) => product.ToString("D10", CultureInfo.InvariantCulture);

    private static SortedDictionary<string, int[][]> ReadOne(string path)
    {
        using var file = File.OpenRead(path);
        var isPacked = path.EndsWith(".gz", StringComparison.Ordinal);
        using var stream = isPacked ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        try
        {
            var read = JsonSerializer.Deserialize<Dictionary<string, int[][]>>(stream) ?? throw new JsonException("It is null.");
            return new(
                read.ToDictionary(c => c.Key, c => c.Value.Where(b => b is not [End]).ToArray()), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}: not an object from customer to baskets of product numbers: {e.Message}", e);
        }
    }
}
