using System.IO.Compression;
using ClvOrleans.Model.Intake;

namespace ClvOrleans.Server.Intake;

/// <summary>Reads a body of any content type, unpacked, up to a limit on the unpacked size.</summary>
internal static class BodyReader
{
    public const int MostBytes = 4 * 1024 * 1024;

    /// <exception cref="UnreadableBodyException">The compression is broken or unknown.</exception>
    /// <exception cref="BadHttpRequestException">413: the body is too large.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var encoding = request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant();
        await using Stream body = encoding switch
        {
            "" or "identity" => request.Body,
            "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
            "br" => new BrotliStream(request.Body, CompressionMode.Decompress),
            _ => throw new UnreadableBodyException("unknown_encoding", $"Content-Encoding '{encoding}' is not known."),
        };
        using var whole = new MemoryStream();
        var buffer = new byte[32 * 1024];
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
            {
                if (whole.Length + read > MostBytes)
                {
                    throw new BadHttpRequestException($"The unpacked body is larger than {MostBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
                }

                whole.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException e)
        {
            throw new UnreadableBodyException("invalid_encoding", $"The body is no {encoding}: {e.Message}");
        }

        return whole.ToArray();
    }
}
