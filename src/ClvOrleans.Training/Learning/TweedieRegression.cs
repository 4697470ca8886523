using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// A generalised linear model of a non-negative target with many zeros: E[y] = offset × exp(θ₀ + θ·x), variance ∝ E[y]^p, by penalised
/// Fisher scoring (McCullagh and Nelder 1989; Jørgensen 1987).
/// </summary>
internal sealed class TweedieRegression
{
    public static double[] Fit(double[] x, int width, double[] y, double[] logOffset, double power, double ridge, double[]? weights = null)
    {
        var n = y.Length;
        var k = width + 1;
        var theta = new double[k];
        var (sy, so) = (0.0, 0.0);
        for (var i = 0; i < n; i++) { sy += y[i] * (weights?[i] ?? 1); so += Math.Exp(logOffset[i]) * (weights?[i] ?? 1); }
        theta[0] = Math.Log(Math.Max(sy, 1e-9) / so);
        double Objective(double[] t)
        {
            var sum = 0.0;
            for (var i = 0; i < n; i++)
            {
                var eta = logOffset[i] + t[0];
                for (var j = 0; j < width; j++) eta += t[j + 1] * x[i * width + j];
                eta = Math.Clamp(eta, -20, 20);
                var w = weights?[i] ?? 1;
                sum += w * (power == 1 ? Math.Exp(eta) - y[i] * eta : (Math.Exp(eta * (2 - power)) / (2 - power)) - (y[i] * Math.Exp(eta * (1 - power)) / (1 - power)));
            }
            for (var j = 1; j < k; j++) sum += .5 * ridge * t[j] * t[j];
            return sum;
        }
        var current = Objective(theta);
        for (var iteration = 0; iteration < 50; iteration++)
        {
            var h = Matrix<double>.Build.Dense(k, k);
            var hs = new double[k * k];
            var g = new double[k];
            var row = new double[k];
            for (var i = 0; i < n; i++)
            {
                var eta = logOffset[i] + theta[0];
                row[0] = 1;
                for (var j = 0; j < width; j++) { row[j + 1] = x[i * width + j]; eta += theta[j + 1] * row[j + 1]; }
                eta = Math.Clamp(eta, -20, 20);
                var mu = Math.Exp(eta);
                var w = weights?[i] ?? 1;
                var gi = w * (mu - y[i]) * Math.Pow(mu, 1 - power);
                var hi = w * Math.Pow(mu, 2 - power);
                for (var a = 0; a < k; a++)
                {
                    g[a] += gi * row[a];
                    var r = hi * row[a];
                    for (var b = 0; b <= a; b++) hs[a * k + b] += r * row[b];
                }
            }
            for (var a = 0; a < k; a++) for (var b = 0; b <= a; b++) { h[a, b] = hs[a * k + b]; h[b, a] = hs[a * k + b]; }
            for (var j = 1; j < k; j++) { g[j] += ridge * theta[j]; h[j, j] += ridge; }
            h[0, 0] += 1e-9;
            var step = h.Cholesky().Solve(Vector<double>.Build.Dense(g));
            var scale = 1.0; var improved = false; var last = current;
            for (var half = 0; half < 20; half++, scale /= 2)
            {
                var next = new double[k];
                for (var j = 0; j < k; j++) next[j] = theta[j] - scale * step[j];
                var value = Objective(next);
                if (value < current) { theta = next; current = value; improved = true; break; }
            }
            if (!improved || last - current < 1e-7 * Math.Abs(last)) break;
        }
        return theta;
    }
}
