using ClvOrleans.Statistics.Experiments;
using Parquet;
using Parquet.Schema;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>
/// Kevin Hillstrom's MineThatData e-mail experiment (2008): 64,000 customers, a third each without an e-mail, with one for men's and one
/// for women's merchandise; what they did in the two weeks after.
/// </summary>
internal sealed record Hillstrom(
    int Arm, long Recency, double History, bool Mens, bool Womens, bool Newbie, bool Visit, bool Conversion, double Spend)
{
    public const int None = 0;
    public const int MensMail = 1;
    public const int WomensMail = 2;

    private static readonly Lazy<Task<Hillstrom[]>> Read = new(ReadAsync);

    /// <summary>The customers, in the order of the file.</summary>
    public static Task<Hillstrom[]> Customers()
    {
        SharedData.Find(Path);
        return Read.Value;
    }

    private const string Path = "hillstrom/hillstrom_clean.parquet";

    public static Sample Spends(IEnumerable<Hillstrom> customers, int arm) => Sample.Of(Of(customers, arm).Select(c => c.Spend));

    public static Proportion Visits(IEnumerable<Hillstrom> customers, int arm) => Count(customers, arm, c => c.Visit);

    public static Proportion Conversions(IEnumerable<Hillstrom> customers, int arm) => Count(customers, arm, c => c.Conversion);

    public static CovariateSample SpendsWithHistory(IEnumerable<Hillstrom> customers, int arm) =>
        CovariateSample.Of(Of(customers, arm).Select(c => (c.Spend, c.History)));

    public static IEnumerable<Hillstrom> Of(IEnumerable<Hillstrom> customers, int arm) => customers.Where(c => c.Arm == arm);

    private static Proportion Count(IEnumerable<Hillstrom> customers, int arm, Func<Hillstrom, bool> did) =>
        new(Of(customers, arm).Count(did), Of(customers, arm).Count());

    private static async Task<Hillstrom[]> ReadAsync()
    {
        await using var file = await ParquetReader.CreateAsync(SharedData.Find(Path));
        using var group = file.OpenRowGroupReader(0);
        var fields = file.Schema.DataFields.ToDictionary(f => f.Name);
        var recency = await Column<long>("recency");
        var (mens, womens, newbie) = (await Column<long>("mens"), await Column<long>("womens"), await Column<long>("newbie"));
        var (visit, conversion) = (await Column<long>("visit"), await Column<long>("conversion"));
        var (history, spend) = (await Column<double>("history"), await Column<double>("spend"));
        var (mensMail, womensMail) = (await Column<long>("arm_men"), await Column<long>("arm_women"));
        return
        [
            .. Enumerable.Range(0, (int)group.RowCount).Select(i => new Hillstrom(
                mensMail[i] == 1 ? MensMail : womensMail[i] == 1 ? WomensMail : None,
                recency[i],
                history[i],
                mens[i] == 1,
                womens[i] == 1,
                newbie[i] == 1,
                visit[i] == 1,
                conversion[i] == 1,
                spend[i])),
        ];

        async Task<T[]> Column<T>(string name)
            where T : struct
        {
            DataField field = fields[name];
            var values = new T?[group.RowCount];
            await group.ReadAsync(field, values.AsMemory());
            return [.. values.Select(v => v!.Value)];
        }
    }
}
