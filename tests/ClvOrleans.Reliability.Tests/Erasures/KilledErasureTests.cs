using ClvOrleans.Reliability.Tests.Storage;

namespace ClvOrleans.Reliability.Tests.Erasures;

/// <summary>The real executable, killed (SIGKILL) while it erases 400 people by one request.</summary>
public sealed class KilledErasureTests(ITestOutputHelper output)
{
    private const int MostLives = 6;

    public static TheoryData<Moment, bool> Moments => new(
        from moment in Sizes.Of([Moment.Erasing], Enum.GetValues<Moment>())
        from isPostgres in Sizes.Of<bool[]>([false], [false, true])
        select (moment, isPostgres));

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task The_next_start_finishes_the_request_and_nothing_of_anybody_is_left_or_counted_twice(Moment moment, bool isPostgres)
    {
        for (var life = 1; ; life++)
        {
            var folder = Service.NewFolder();
            using IStoredRows rows = isPostgres ? new StoredTables() : new StoredFiles(folder);
            var drill = new ErasureDrill(rows, folder);
            var met = await drill.LiveAsync(moment);
            output.WriteLine($"killed while {met}");
            await drill.FinishAsync();
            if (!isPostgres)
            {
                using var copy = new StoreCopy(folder);
                Assert.Equal("ok", copy.Integrity());
                var check = await Executable.RunAsync("check", "--data", folder);
                Assert.True(check.Status == 0, check.Output);
            }

            if (met == moment)
            {
                return;
            }

            Assert.True(life < MostLives, $"No kill was {moment}.");
        }
    }
}
