namespace ClvOrleans.Intake.Files;

/// <summary>A stream of which some bytes were read already: they come again first.</summary>
internal sealed class ResumedStream(byte[] first, Stream rest) : ForwardStream
{
    private int _at;

    public override int Read(Span<byte> buffer)
    {
        if (_at == first.Length)
        {
            return rest.Read(buffer);
        }

        var count = Math.Min(buffer.Length, first.Length - _at);
        first.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
